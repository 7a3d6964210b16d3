"""The commands of the console: each is registered once in registry.py, with its keys, its condition and its handler."""
