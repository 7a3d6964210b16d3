"""A private, strict Abicart shop and Specter, over real HTTP on loopback.

It is the other side of both APIs, written from the facts in docs/wires.md. It shares no code with the clients, so that
an error on one side is not hidden by the same error on the other. Start it with `sandbox.Sandbox`, or separately with
`python -m specter_tui.sandbox`; `control` describes how to control it over HTTP.
"""
