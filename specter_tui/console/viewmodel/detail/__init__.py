"""One order in full: the shop's order beside Specter's form, their differences, and the order's history.

The sides and their comparison are plain values; the functions that make lines know widths and words, but no Textual.
"""
