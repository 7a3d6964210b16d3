"""Backups of a journal, and moving it from one database to another."""
