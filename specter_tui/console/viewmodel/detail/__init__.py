"""One order in full: the shop's order beside the form for Specter, where they differ, and what happened to it.

The sides and their comparison are plain values; what writes lines knows widths and words, and nothing of Textual.
"""
