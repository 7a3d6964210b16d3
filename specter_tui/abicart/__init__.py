"""Client for the Abicart shop: JSON-RPC calls and the documents that they return.

It knows nothing of Specter. The document models and their value types use no HTTP, so that rules are tested without it.
"""
