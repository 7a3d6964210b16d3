"""Digests of the forms to be sent, salted with the journal's id."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hashes:
    """`form` is the order form's digest, and guards repeats; `customer` is the customer form's."""

    form: str
    customer: str

    @property
    def seen(self) -> str:
        """The digest of all that a person saw, which must match when the order is claimed."""
        return hashlib.sha256(f"{self.customer}\0{self.form}".encode()).hexdigest()
