"""The journal's operations, one file for each kind of record."""
