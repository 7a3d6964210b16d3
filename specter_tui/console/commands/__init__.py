"""The commands of the console, each registered once in registry.py with its keys, its condition and its handler."""
