"""What the services of preparation take in: a file as read, and the facts of a matter as typed."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from consult.consultations.words import Disclosure, Kind, Procedure


@dataclass(frozen=True)
class ReadFile:
    """An uploaded file, kept in the store under `hash` (SHA-256, hex) and understood.

    `provisions` are nodes as `outline --json` prints them, `pages` have number, text, width and height (points);
    `warnings` have code, path and message. `grammar` is articles, roman, decimal or pages. A PDF has `pages_total`
    pages: all of them are in `pages`, or none, and then the worker reads them; `contents` are its bookmarks.
    `pictures` are the files (SHA-256) that its nodes show.
    """

    name: str
    hash: str
    size: int
    media_type: str
    title: str
    grammar: str
    provisions: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    pages: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    warnings: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    pages_total: int = 0
    contents: list[Any] = dataclasses.field(default_factory=list)

    pictures: list[str] = dataclasses.field(default_factory=list)

    @property
    def holds_nothing(self) -> bool:
        """Whether there is nothing in it that a comment could point at."""
        return not (self.provisions or self.pages or self.pages_total)


@dataclass(frozen=True)
class NewConsultation:
    """The facts of a matter. `slug` is made from the title and `profile_id` chosen by the rules when not given."""

    title: str
    kind: Kind
    procedure: Procedure
    lead_id: UUID
    answering_id: UUID
    issuing_id: UUID
    summary: str = ""
    field: str = ""
    disclosure: Disclosure = Disclosure.ON_RELEASE
    area_id: UUID | None = None
    project: dict[str, Any] = dataclasses.field(default_factory=dict)
    profile_id: UUID | None = None
    slug: str = ""
    sent_to_front_on: date | None = None
    planned_submission_on: date | None = None
    joining: bool = True
    plain_words: dict[str, str] = dataclasses.field(default_factory=dict)
