"""The only place that decides and calls: export, watch, settling, catalogue.

It runs on an event loop of its own in a thread of its own. Screens and commands send it commands; it answers by
the messages of `events.py`, never by a blocking call into the screen.
"""
