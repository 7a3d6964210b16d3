"""The journal: what was meant to be sent to Specter, what was done, and what came back.

It knows no HTTP and no rules and imports no other room: paths, shop and operator come as arguments.
`opening` opens one wherever it is: `journal.Journal` writes, on one thread, `repositories.base_reader.JournalReader`
reads beside it. `schema` describes the tables. The rules, below `repositories/`, are written once over the few things
that a database must do (`database.py`): `sqlite` is a file, `postgres` a server.
"""
