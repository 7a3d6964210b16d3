"""Repeatable random numbers."""

from random import Random


def dice(*seeds: object) -> Random:
    """Return a generator that gives the same numbers for the same seeds."""
    return Random("/".join(map(str, seeds)))  # noqa: S311 - a repeatable shop, not a secret.
