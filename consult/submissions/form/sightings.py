"""What was seen at a place, as the public form asks for it: the fields, and the same as the first lines of the text.

So what is read, counted, hashed and answered is a text as any other. Only the point stays out of it: it is kept apart.
"""

from datetime import date
from uuid import UUID

from consult.catalogues import translations
from consult.submissions.form.forms_comment import FormComment
from consult.submissions.inputs import SightingInput
from consult.submissions.points import point_of
from consult.submissions.words import SightingKind
from consult.text import blank, day_of, one_line


def seen(typed: FormComment, today: date, start: str, errors: dict[str, str]) -> SightingInput | None:
    """What was typed, checked; adds to `errors`, by the names of fields that begin with `start`, what is missing: the
    kind, and one of a place in words, a commune and a point. A day that is no day or lies ahead is an error too."""
    on = None if blank(typed.seen_on) else day_of(typed.seen_on)
    point = None if blank(typed.point) else point_of(typed.point)
    wrong = {
        "what": _kind_problem(typed.what), "where": _place_problem(typed), "seen_on": _day_problem(typed, on, today),
        "point": "not_a_point" if point is None and not blank(typed.point) else "",
    }  # fmt: skip
    found = {f"{start}{name}": code for name, code in wrong.items() if code}
    errors |= found
    if found:
        return None
    return SightingInput(SightingKind(typed.what), on, _key(typed), point)


def whole(typed: FormComment) -> str:
    """Kind, place and day, each on a line of its own where it was typed, above the text; never the point. In Vietnamese
    whatever the page was: who answers reads it in that."""
    place = ", ".join(part for part in (one_line(typed.where), one_line(typed.commune)) if part)
    kind = _say(f"sighting.{typed.what}") if typed.what in set(SightingKind) else ""
    day = day_of(typed.seen_on)
    told = [
        kind,
        _say("sighting.line_place") % {"said": place} if place else "",
        _say("sighting.line_day") % {"said": f"{day:%d/%m/%Y}"} if day is not None else "",
    ]
    head = "\n".join(line for line in told if line)
    return "\n\n".join(part for part in (head, typed.text) if part.strip())


def _kind_problem(what: str) -> str:
    return "" if what in set(SightingKind) else "not_a_choice" if what else "required"


def _place_problem(typed: FormComment) -> str:
    return "where_needed" if all(blank(said) for said in (typed.where, typed.commune, typed.point)) else ""


def _day_problem(typed: FormComment, on: date | None, today: date) -> str:
    if on is None:
        return "" if blank(typed.seen_on) else "not_a_date"
    return "in_the_future" if on > today else ""


def _key(typed: FormComment) -> UUID | None:
    try:
        return UUID(typed.commune_id) if one_line(typed.commune) else None
    except ValueError:
        return None


def _say(code: str) -> str:
    sentence: str = translations("vi").gettext(code)
    return sentence
