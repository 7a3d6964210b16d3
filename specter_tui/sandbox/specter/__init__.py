"""Specter's side of the wire: signed forms in, text or XML out, over an in-memory account.

`forms` decodes a request, `fields` says what each action takes, `signature` checks the key, `account` holds what was
made, `customers`, `orders`, `articles`, `batches` and `settings` are the actions, `queues` is the state machine of the
batches, `endpoint` is the door. `staff` is what the people there do.
"""
