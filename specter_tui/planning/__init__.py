"""Pure rules without input or output: turn the shop's documents into Specter's forms, or give the reasons why not.

The rules know documents, forms, settings and text. They use no HTTP, no journal and no clock.
"""
