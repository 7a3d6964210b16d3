"""The engine: all decisions and calls about orders, articles, stock and deliveries.

It runs on an event loop of its own in a thread of its own. Screens and commands send it commands; it answers with the
messages of `events.py`, and never calls the screen directly.
"""
