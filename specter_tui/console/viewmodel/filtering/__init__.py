"""Views of lists: fields, filter words, sorting, named views, and CSV. Without Textual.

Each list has one table of fields for all of these, so that everything shown can be filtered, sorted and written.
"""
