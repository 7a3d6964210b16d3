"""Specter's side of the wire: signed forms in, `1;id;text` or `0;code;text` out, over an in-memory account.

`forms` decodes a request, `fields` says what each action takes, `signature` checks the key, `account` holds what was
made, `customers`, `orders`, `articles` and `settings` are the actions, `endpoint` is the door.
"""
