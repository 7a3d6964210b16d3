"""What each command does; its key and its condition are in console/command_registry.py."""
