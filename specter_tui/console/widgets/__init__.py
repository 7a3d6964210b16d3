"""Widgets: row lists and their sources, text views, status lines, the filter bar."""
