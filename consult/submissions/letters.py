"""What tells one letter from another: its number and day, or of one that has no number, its place and day; and which
bodies signed it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from consult.people.models import Organisation
from consult.people.organisations import letter_place


class Filed(Protocol):
    """What is kept of a letter; a Submission has it."""

    @property
    def letter_number(self) -> str:
        """Its number, as entered; empty for none."""

    @property
    def letter_place(self) -> str:
        """Where it was drawn up, as entered; empty where nobody said."""

    @property
    def letter_on(self) -> date | None:
        """Its day."""

    @property
    def organisation(self) -> Organisation | None:
        """Whose it is."""


def signing_bodies(organisation_id: UUID | None, cosigned: Iterable[Mapping[str, str]]) -> list[UUID]:
    """The body whose letter it is, and those that confirmed it for themselves, as a Submission has them."""
    own = [] if organisation_id is None else [organisation_id]
    return own + [UUID(one["organisation"]) for one in cosigned]


def place_of(letter: Filed) -> str:
    """Where a letter was drawn up: as entered, or of a body's that has no number, the place of that body."""
    if letter.letter_place or letter.organisation is None or letter.letter_number:
        return letter.letter_place
    return letter_place(letter.organisation) if letter.letter_on else ""
