"""Digests of what would be sent, salted with the journal's id."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hashes:
    """`form` is of the order form, and guards repeats; `customer` is of the customer form."""

    form: str
    customer: str

    @property
    def seen(self) -> str:
        """The digest of all that a person saw, which must match when the order is claimed."""
        return hashlib.sha256(f"{self.customer}\0{self.form}".encode()).hexdigest()
