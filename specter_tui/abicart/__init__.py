"""The shop's side of the wire: JSON-RPC calls to Abicart and the documents that come back.

It knows nothing of Specter. `documents` is free of HTTP, so that the rules can be tested without a network.
"""
