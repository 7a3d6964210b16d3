"""The base class of all repositories."""


class Repository:
    """A part of the journal.

    An operation such as `Claims.claim`, passed to the engine's queue, runs on the journal's claims.
    """
