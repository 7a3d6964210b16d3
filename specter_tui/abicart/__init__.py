"""The shop's side of the wire: JSON-RPC calls to Abicart and the documents that come back.

It knows nothing of Specter. `documents`, and the `values` in them, are free of HTTP: the rules are tested without it.
"""
