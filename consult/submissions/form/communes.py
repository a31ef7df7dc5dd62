"""Communes by the name people type: with or without accents, the present name or one from before a merger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult.people import place_words
from consult.people.areas import find_areas, without_kind
from consult.people.place_words import Of
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.forms_comment import FormComment
from consult.text import one_line, searched

MOST = 12


@dataclass(frozen=True)
class FoundCommune:
    """A commune in force; `former` is the older name by which it was found, or empty."""

    id: UUID
    name: str
    former: str


def recognised(session: Session, typed: str, day: date) -> list[FoundCommune]:
    """The communes in force on the local `day` that somebody may mean by a place as they say it; none where they name
    no commune, or one of another province. A village, a district or a province is not taken for the commune that bears
    the same name, and a province or district that is named goes before one that is not."""
    names = place_words.said(typed)
    around = [one.name for one in names if one.of in (Of.DISTRICT, Of.TOWN, Of.PROVINCE)]
    plain = [one.name for one in names if one.of is Of.PLAIN]
    communes = [one.name for one in names if one.of is Of.COMMUNE]
    # Of names that nothing is said of, the first is the commune and the others lie around it, or a village comes first.
    tries = [(name, [*around, *plain]) for name in communes] + [(name, around) for name in communes if not around]
    tries += [(name, [*around, *plain[place + 1 :]]) for place, name in enumerate(plain) if not communes]
    for name, wider in tries:
        found = find(session, ", ".join([name, *wider]), day)
        exact = [area for area in found if _bare(area) == without_kind(name)]
        begun = [area for area in found if _bare(area).startswith(f"{without_kind(name)} ")]
        if exact or begun:
            return exact or begun
    return [area for one in names for area in _of_that_name(session, one.words, day)]


def _of_that_name(session: Session, words: str, day: date) -> list[FoundCommune]:
    """Communes whose own name, without their kind, is exactly these words."""
    found = find(session, words, day)
    return [area for area in found if _bare(area) == words]


def _bare(area: FoundCommune) -> str:
    """The name by which a commune was found, folded and without its kind."""
    return without_kind(searched(area.former or area.name))


def resolved(session: Callable[[], Session], form: CommentForm, day: date) -> CommentForm:
    """The form with the commune that its sender means, as far as that is clear, and those where something was seen;
    what was chosen before stays. Nothing is wrong with a place that is none of ours: it is kept as it was said. The
    `session` is asked for when there is something to look up."""
    if any(one.commune.strip() for one in form.comments):
        form = replace(form, comments=tuple(_with_commune(session(), one, day) for one in form.comments))
    typed = form.area.strip()
    if not typed:
        return replace(form, area_id="", area_of="")
    if form.area_of == form.area:
        return form
    found = recognised(session(), typed, day)
    return replace(form, area_id=str(found[0].id) if len(found) == 1 else "", area_of=form.area)


def _with_commune(session: Session, comment: FormComment, day: date) -> FormComment:
    """A comment with the commune in which something was seen, where its name is clear."""
    if not comment.commune.strip():
        return comment
    found = recognised(session, comment.commune, day)
    return replace(comment, commune_id=str(found[0].id) if len(found) == 1 else "")


def find(session: Session, typed: str, day: date) -> list[FoundCommune]:
    """Communes in force on the local `day` whose present or former name fits what was typed, exact names first; only
    that one, when a single name is the very one that was typed."""
    found: dict[UUID, FoundCommune] = {}
    for one in find_areas(session, typed, day, MOST):
        for area in one.now:
            found.setdefault(area.id, FoundCommune(area.id, area.name, one.area.name if one.old else ""))
    words = without_kind(searched(one_line(typed)))
    exact = [one for one in found.values() if without_kind(searched(one.former or one.name)) == words]
    return exact if len(exact) == 1 else list(found.values())[:MOST]
