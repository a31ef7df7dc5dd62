"""The document that decided what becomes of a body: number, day, who issued it, and its file where there is one."""

from dataclasses import dataclass
from datetime import date

from consult.errors import Invalid
from consult.files.signed_files import KeptFile
from consult.people.models import Organisation
from consult.text import one_line

LONGEST = 300


@dataclass(frozen=True)
class DecidingDocument:
    """As it was typed; nothing of it is known of a body that never was one (`needed`)."""

    number: str = ""
    on: date | None = None
    issuer: str = ""
    file: KeptFile | None = None

    @property
    def in_short(self) -> str:
        """On one line, for what keeps no more of it."""
        day = f"{self.on.day}/{self.on.month}/{self.on.year}" if self.on else ""
        return ", ".join(said for said in (one_line(self.number), day, one_line(self.issuer)) if said)


def needed(body: Organisation) -> bool:
    """Whether a document decides what becomes of it: nobody decides about a name that was typed in at a desk and meant
    a body that is there."""
    return not body.unconfirmed


def check(document: DecidingDocument, body: Organisation, today: date) -> None:
    """Raises Invalid for what is missing, too long, or of a day that has not come."""
    said = {"document_number": one_line(document.number), "document_issuer": one_line(document.issuer)}
    errors = {name: "too_long" for name, words in said.items() if len(words) > LONGEST}
    if needed(body) or any(said.values()) or document.on or document.file:
        errors |= {name: "required" for name, words in said.items() if not words}
        if document.on is None:
            errors["document_on"] = "required"
    if document.on is not None and document.on > today:
        errors["document_on"] = "in_the_future"
    if errors:
        raise Invalid(errors)
