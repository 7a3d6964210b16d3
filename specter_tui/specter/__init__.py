"""Specter's side of the wire: forms, signatures, calls, replies, and how a failed call is classed.

It knows nothing of the shop. `forms` is free of HTTP, so that the rules can be tested without a network.
"""
