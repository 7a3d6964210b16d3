"""The journal: what was meant to be sent to Specter, what was done, and what came back.

It knows no HTTP and no rules and imports no other room: paths, shop and operator come as arguments.
`opening` opens one wherever it is: `journal.Journal` writes, on one thread, `journal_reader.JournalReader`
reads beside it. Both hold `repositories/`, each with the verbs of one subject. `schema` describes the tables.

The rules are written once, over one shop's part of a database (`shop_database.py`) and the few things that any database
must do (`database.py`): `sqlite` is a file, `postgres` a server.
"""
