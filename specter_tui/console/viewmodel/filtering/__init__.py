"""How a list is looked at: what its rows have, filter words, sorting, views kept by name, and CSV. No Textual in it.

One table of fields for each list feeds them all, so that what can be seen can be filtered, sorted and written.
"""
