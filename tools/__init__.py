"""Tools for those who change the project."""
