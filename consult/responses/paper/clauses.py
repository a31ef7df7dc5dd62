"""Which clauses a form asks about: those that were chosen, or the articles of the draft."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.files.paper_forms.layout import MOST_CLAUSES
from consult.outline.citations import Say
from consult.responses.desk.typing import typed_places
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.paper.models import PaperForm
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.text import one_line

FIRST_LEVEL = frozenset({"article", "appendix", "form", "roman", "decimal"})
LONGEST_HEADING = 110
NOTHING = NamedPlaces([], {})

Row = tuple[str, str, str]
"""Anchor, the place in words, its heading."""


def places_of(
    session: Session, matter: Consultation | None, say: Say, meant: int | None = None, at: datetime | None = None
) -> NamedPlaces:
    """The places that may be typed, as `typed_places.places` has them; none without a matter."""
    return typed_places.places(session, matter, say, meant, at) if matter is not None else NOTHING


def on_sheets(
    session: Session, matter: Consultation | None, say: Say, form: PaperForm, chosen: int | None
) -> NamedPlaces:
    """The same for what is written on the sheets of a form: of the draft that a person has `chosen`, else of the one
    that is printed there, or where no clause is, that was public when they were printed."""
    printed = [anchors.parse(anchor) for anchor, *_rest in form.clauses]
    meant = next((one.revision for one in printed if one is not None), None)
    return places_of(session, matter, say, chosen or meant, form.printed_at)


def chosen(session: Session, matter: Consultation | None, typed: str, say: Say) -> list[Row]:
    """The rows of a form: a place in each line typed, or every article when nothing was typed. Raises Invalid: a line
    that is no place of the newest draft, or too many."""
    if matter is None:
        return []
    try:
        revision = queries.current_revision(session, matter.id)
    except NotFound:
        return []
    every = {one.path: one for one in queries.provisions_of(session, revision)}
    lines = [one_line(line) for line in typed.splitlines() if one_line(line)]
    paths = _typed(session, matter, lines, say) if lines else [p for p, one in every.items() if one.kind in FIRST_LEVEL]
    if any(path not in every for path in paths):
        raise Invalid({"clauses": "unknown_place"})
    if len(paths) > MOST_CLAUSES:
        raise Invalid({"clauses": "too_many_clauses"})
    number = revision.number
    return [
        (
            anchors.written(anchors.MAIN, number, path),
            anchors.label_of(NamedPlace(anchors.MAIN, revision=number, path=path), say),
            _short(every[path].heading or every[path].text),
        )
        for path in paths
    ]


def _typed(session: Session, matter: Consultation, lines: list[str], say: Say) -> list[str]:
    known = typed_places.places(session, matter, say)
    found = []
    for line in lines:
        try:
            place = known.find(line)
        except NotFound:
            raise Invalid({"clauses": "unknown_place"}) from None
        if place is not None and place.revision == known.meant and place.path not in found:
            found.append(place.path)
    return found


def _short(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= LONGEST_HEADING else line[:LONGEST_HEADING].rpartition(" ")[0] + " …"
