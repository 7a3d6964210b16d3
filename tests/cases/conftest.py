"""Cases from real life, reported by people who run such links: each is a test of what reaches Specter."""

from tests.cli.conftest import commands

__all__ = ["commands"]
