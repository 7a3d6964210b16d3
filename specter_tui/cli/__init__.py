"""The command line: read settings, start the engine, run one command, print lines, return an exit status.

Data is printed on stdout, messages on stderr. Every command works without a terminal.
"""
