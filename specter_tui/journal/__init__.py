"""The journal: what was meant to be sent to Specter, what was done, and what came back.

It knows no HTTP and no rules and imports no other room: paths, shop and operator come as arguments.
Write with `journal.Journal`, on one thread; read beside it with `reading.Reader`; the words are in `records`.
"""
