"""What one message says, seen from the contact form."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.slots import ContactSlot


@dataclass(frozen=True)
class Understood:
    """What one message says, seen from the form.

    Attributes:
        confirmed: True for a yes to the summary, False for a no, None for neither.
        change: the field the visitor wants to change without giving the new value.
        invalid: why a number or an address cannot be used, such as `phone_too_short`.
        no_phone: wants no call or has no phone; `no_email` likewise.
        declined: would rather not give what was asked.
        private_words: the personal words as they stand in the message.
    """

    first_name: str | None = None
    phone: str | None = None
    email: str | None = None
    preferred_time: str | None = None
    confirmed: bool | None = None
    change: ContactSlot | None = None
    invalid: str | None = None
    no_phone: bool = False
    no_email: bool = False
    declined: bool = False
    under_18: bool = False
    is_question: bool = False
    wants_to_stop: bool = False
    private_words: tuple[str, ...] = ()

    @property
    def has_fields(self) -> bool:
        """Tell whether the message gives at least one value to keep."""
        return bool(self.first_name or self.phone or self.email or self.preferred_time)

    @property
    def is_answer(self) -> bool:
        """Tell whether the form can do something with the message.

        False for a question and for anything else that the form has no use for.
        """
        said = (self.confirmed is not None, self.change, self.invalid, self.no_phone)
        more = (self.no_email, self.declined, self.under_18, self.wants_to_stop)
        return self.has_fields or any(said) or any(more)

    @property
    def nothing(self) -> bool:
        """Tell whether the message is neither an answer nor a question."""
        return not self.is_answer and not self.is_question
