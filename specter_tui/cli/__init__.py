"""The command line: reads settings, starts the engine, runs one command, answers by lines and an exit status.

Data goes to stdout, talk to stderr. Every command works without a terminal.
"""
