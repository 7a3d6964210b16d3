"""Cases from practice, reported by users of such links: each tests what reaches Specter."""

from tests.cli.conftest import commands

__all__ = ["commands"]
