"""The consolidated table as data: every opinion with its answer, in the order of the document.

General remarks come first, what is about further documents last. The words for a place are those of
`anchors.label_of`, for a contributor those of `table_counts.contributor`; which columns there are is up to the exports.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.answers.published import PublishedAnswer, all_published
from consult.responses.table import rows as table_rows
from consult.responses.table.rows import Opinion, Places


class Section(StrEnum):
    """The three parts of the table."""

    GENERAL = "general"
    PROVISIONS = "provisions"
    OTHER = "other"


@dataclass(frozen=True)
class TableRow:
    """The opinions at one place that one answer answers (or one opinion that has none yet), oldest number first."""

    opinions: tuple[Opinion, ...]
    answer: PublishedAnswer | None


@dataclass(frozen=True)
class TableGroup:
    """The rows about one place, over which the first column is merged.

    `document` 0 is the whole matter (Ý kiến chung); `path` and `page` are empty for a document as a whole. `heading`
    is that of the provision.
    """

    section: Section
    document: int
    document_title: str
    path: str
    page: int | None
    heading: str
    rows: tuple[TableRow, ...]


def rows(session: Session, consultation: Consultation, include_private: bool = False) -> list[TableGroup]:
    """The groups of the table as they stand, in a constant number of statements.

    Opinions that were withdrawn, declared invalid or split are not in it (their parts are); those passed on under
    another law look like those that wait, and both are left out of the table of a concluded matter. With
    `include_private` (the desk's own full version) texts, names and answers that are not public stand in it too, but
    never what is in quarantine or was passed on.
    """
    found = table_rows.opinions(session, consultation, include_private)
    answers = all_published(session, consultation, to_sender=include_private)
    if consultation.concluded_at is not None:
        found = [opinion for opinion in found if opinion.id in answers]
    places = table_rows.places(session, consultation.id)
    ordered = sorted(found, key=lambda opinion: _order(opinion, places))
    return [
        _group(list(same), answers, places)
        for _place, same in groupby(ordered, key=lambda one: _order(one, places)[:4])
    ]


def section_of(opinion: Opinion) -> Section:
    """Which part of the table an opinion stands in."""
    if opinion.document > 1:
        return Section.OTHER
    return Section.PROVISIONS if opinion.path or opinion.page is not None else Section.GENERAL


_SECTIONS = list(Section)


def _order(opinion: Opinion, places: Places) -> tuple[Any, ...]:
    """Section, document, place in the newest revision that has the path, then the number."""
    position = opinion.page if opinion.page is not None else places.position(opinion)
    return _SECTIONS.index(section_of(opinion)), opinion.document, position or 0, opinion.path, opinion.number


def _group(opinions: list[Opinion], answers: dict[UUID, PublishedAnswer], places: Places) -> TableGroup:
    first = opinions[0]
    return TableGroup(
        section=section_of(first),
        document=first.document,
        document_title=first.document_title,
        path=first.path,
        page=first.page,
        heading=places.heading(first),
        rows=tuple(_merged(opinions, lambda opinion: answers.get(opinion.id))),
    )


def _merged(opinions: Iterable[Opinion], answer_of: Callable[[Opinion], PublishedAnswer | None]) -> list[TableRow]:
    """Opinions with one answer in one row, at the place of the first of them."""
    together: dict[object, list[Opinion]] = {}
    for opinion in opinions:
        answer = answer_of(opinion)
        together.setdefault(answer.response_id if answer else opinion.id, []).append(opinion)
    return [TableRow(tuple(same), answer_of(same[0])) for same in together.values()]
