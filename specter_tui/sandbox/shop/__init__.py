"""The shop's side of the wire: JSON-RPC over an in-memory shop.

`store` holds the entities, `schema` says what they are made of, `query`, `selection` and `patch` are the three small
languages of the calls, `methods` are the calls themselves, `rpc` is the envelope around them.
"""
