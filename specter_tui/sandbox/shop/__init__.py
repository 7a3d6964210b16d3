"""The shop's side of the wire: JSON-RPC over an in-memory shop.

`store` holds the entities and their stock, `schema` says what they are made of, `query`, `selection` and `patch` are
the three small languages of the calls, `rules` says what else holds of a patch, `methods` are the calls, `rpc` is the
envelope around them. `edit` is what the shop's own people do to an order.
"""
