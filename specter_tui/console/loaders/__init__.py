"""Data read outside the screen's thread and returned as messages: older log pages, details, saved views."""
