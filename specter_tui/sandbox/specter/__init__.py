"""The Specter side: signed forms in, text or XML out, over an account in memory.

`form_decoding` decodes a request, `form_fields` lists each action's fields, `signature` checks the key,
`specter_account` holds the data; `submit_customers`, `submit_orders`, `submit_articles`, `batch_actions` and
`account_settings` are the actions, `change_queues` the state machine of batches, `form_endpoint` the entry of all
calls; `operations` are actions of Specter's staff.
"""
