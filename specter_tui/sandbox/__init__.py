"""A strict Abicart shop and a strict Specter of one's own, over real HTTP on loopback.

It is the other side of both wires, written from the facts in docs/wires.md; it shares no code with the clients, so that
an error on one side is not hidden by the same error on the other. Start it with `server.Sandbox`, or on its own with
`python -m specter_tui.sandbox`; `control` tells how to drive it over HTTP.
"""
