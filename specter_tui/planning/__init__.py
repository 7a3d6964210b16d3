"""Pure rules, no input or output: the shop's documents become Specter's forms, or the reasons why not.

It knows documents, forms, settings and text, and nothing else: no HTTP, no journal, no clock.
"""
