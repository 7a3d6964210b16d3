"""The guided set-up: an app of its own, for whoever starts the console without settings.

It asks, validates, has both connections tried, and has the settings written at the very end. What it does to the world
it does through `Ways`; importing this costs nothing.
"""
