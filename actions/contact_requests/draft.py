"""The answers of a contact request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """The answers given so far. A phone number or an e-mail address is enough."""

    first_name: str | None = None
    phone: str | None = None
    email: str | None = None
    preferred_time: str | None = None
    no_phone: bool = False
    no_email: bool = False

    @property
    def contact(self) -> str | None:
        """Return how the visitor can be reached, for reading out."""
        return " and ".join(filter(None, (self.phone, self.email))) or None

    @property
    def complete(self) -> bool:
        """Tell whether nothing but the visitor's yes is missing."""
        return bool(self.first_name and self.contact and self.preferred_time)
