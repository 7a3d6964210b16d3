"""The Abicart side: JSON-RPC over a shop in memory.

`shop_store` holds the entities and their stock, `entity_schema` their keys; `query_language`, `list_selection` and
`patches` are the three small languages of the calls, `patch_rules` the further rules of a patch; `rpc_methods` are the
calls, `rpc_endpoint` is their envelope; `order_edits` are changes of orders by the shop's staff.
"""
