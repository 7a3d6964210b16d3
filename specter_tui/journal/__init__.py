"""The journal: a record of every order's claim, calls, result and decisions.

It knows neither HTTP nor the rules of orders and imports no other room: paths, shop and operator are arguments.
`opening` opens a journal in a file or on a server. `journal.Journal` writes, on one thread;
`journal_reader.JournalReader` reads beside it. Both consist of `repositories/`, each with the operations on one kind of
record. `schema` describes the tables.

The operations are written once, over one shop's part of a database (`shop_database.py`) and the protocol that a
database implements (`database.py`): `sqlite` for a file, `postgres` for a server.
"""
