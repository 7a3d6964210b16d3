"""The kind that every repository is."""


class Repository:
    """A part of the journal: `Claims.claim`, asked of the engine's queue, runs on the journal's own `claims`."""
