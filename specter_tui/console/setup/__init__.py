"""The guided set-up: a separate app for a console without settings.

It asks, validates, tests both connections, and writes the settings at the very end. It acts only through `SetupPorts`;
importing this costs nothing.
"""
