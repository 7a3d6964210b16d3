"""The row sources of lists: each with rows, columns and a title with counts."""
