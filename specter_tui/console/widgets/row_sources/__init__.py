"""The panes of the main screen: each has a source of rows, its columns, and a title that counts."""
