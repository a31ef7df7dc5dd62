"""What the pages of a matter show of its facts, days and public state, for whoever acts on them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from consult import clock
from consult.consultations import saved_versions
from consult.consultations.desk import forms
from consult.consultations.matter import queries
from consult.consultations.models import Consultation, LegalProfile, Period
from consult.consultations.preparation import publication, publication_digest, summaries
from consult.consultations.preparation import service as preparation
from consult.consultations.words import MEETING_DAY, PLAIN_WORDS, PROJECT, Audience
from consult.errors import Invalid
from consult.people.models import Area, Organisation
from consult.policy import Action, require
from consult.shown import About, Kind, Parts, Said, Shown, Texts, digest
from consult.text import day_of
from consult.web.templating import day, until

CODED = {"kind": "kind", "procedure": "procedure", "disclosure": "disclosure"}
FIELDS = (
    "title", "summary", "field", "slug", "kind", "procedure", "disclosure", "lead", "answering", "issuing", "area",
    "profile", "sent_to_front_on", "planned_submission_on", "joining",
    *PLAIN_WORDS, *(f"project_{key}" for key in PROJECT),
)  # fmt: skip
DAYS = {"sent_to_front_on", "planned_submission_on", f"project_{MEETING_DAY}", "first_day"}


_ROWS: dict[str, Any] = {
    "lead": Organisation, "answering": Organisation, "issuing": Organisation, "area": Area, "profile": LegalProfile,
}  # fmt: skip


def _facts(about: About) -> Sequence[Shown]:
    texts = forms.facts_typed(about.matter)
    return [Shown("facts", saved_versions.parts_of(texts), texts)]


def _facts_typed(form: Any) -> Texts:
    """The facts as they were typed, in the fields that a form of them has; days as they are kept."""
    return {name: _as_day(name, form[name]) for name in FIELDS if name in form}


def _as_day(name: str, typed: str) -> str:
    read = day_of(typed.strip()) if name in DAYS or name.startswith("last_day_") else None
    return read.isoformat() if read else typed


def _told(about: About, name: str, text: str) -> Said:
    """A fact in words: bodies, areas and rules by their names."""
    if name in CODED:
        return f"{CODED[name]}.{text}", {}
    if name in _ROWS:
        try:
            found = about.session.get(_ROWS[name], UUID(text))
        except ValueError:
            found = None
        return found.name if found is not None else text
    return day(day_of(text)) or text if name in DAYS or name.startswith("last_day_") else text


def _publication(about: About) -> Sequence[Shown]:
    """All that publication makes public, for who may publish it."""
    return _unpublished(about, Action.PUBLISH_MATTER)


def _discarded(about: About) -> Sequence[Shown]:
    """The same for who may discard it."""
    return _unpublished(about, Action.EDIT_MATTER)


def _unpublished(about: About, action: Action) -> Sequence[Shown]:
    """All that is of a matter in preparation; nothing once it is public."""
    matter = about.matter or queries.by_slug(about.session, about.values["slug"])
    if matter.published_at is not None:
        return []
    require(about.actor, action, matter, about.now)
    parts = {
        "all": publication_digest.of_matter(about.session, matter),
        "facts": saved_versions.parts_of(forms.facts_typed(matter))[saved_versions.PART],
        "days": saved_versions.parts_of(_day_fields(about, matter))[saved_versions.PART],
    }
    return [Shown("matter", parts, _summed_up(about, matter))]


def _unpublished_before(about: About, one: Shown, parts: Parts) -> Texts | None:
    """What was shown of it as far as it was saved: the facts and the days of then."""
    about = replace(about, matter=about.matter or queries.by_slug(about.session, about.values["slug"]))
    found = [
        keeper.earlier(about, replace(one, key=keeper.kind), {saved_versions.PART: parts.get(part, "")})
        for keeper, part in ((_FACTS, "facts"), (_PERIODS, "days"))
        if parts.get(part) != one.parts[part]
    ]
    told = {name: text for texts in found if texts is not None for name, text in texts.items()}
    return {**one.texts, **told} if told else None


def _summed_up(about: About, matter: Consultation) -> dict[str, str]:
    pairs = publication_digest.hidden(about.session, matter.id)
    told = summaries.summaries_of(about.session, matter.id)
    return {
        **{name: text for name, text in forms.facts_typed(matter).items() if text},
        **_day_fields(about, matter),
        "documents": "\n".join(f"{document.title} ({revision.file_name})" for document, revision in pairs),
        "summaries": "\n\n".join(f"{one.language}: {one.text}" for one in told),
    }


def _days(rows: Sequence[Period]) -> dict[str, str]:
    opens = {"first_day": day(rows[0].opens_at)} if rows else {}
    return opens | {f"last_day_{row.audience.value}": until(row.closes_at) or day(row.asked_day) for row in rows}


def _periods(about: About) -> Sequence[Shown]:
    """The days in preparation, in the fields of their form."""
    texts = _day_fields(about, about.matter)
    return [Shown("periods", saved_versions.parts_of(texts), texts)]


def _day_fields(about: About, matter: Consultation) -> dict[str, str]:
    rows = preparation.periods_of(about.session, matter.id)
    first = {"first_day": clock.local_day(rows[0].opens_at).isoformat()} if rows else {}
    days = {f"last_day_{row.audience.value}": row.rule["last_day"] for row in rows}
    return first | days | {f"reason_{row.audience.value}": row.rule.get("reason", "") for row in rows}


def _periods_typed(form: Any) -> Texts:
    names = ["first_day", *(f"{what}_{audience.value}" for what in ("last_day", "reason") for audience in Audience)]
    return {name: _as_day(name, form[name]) for name in names if name in form}


def _extended(about: About) -> Sequence[Shown]:
    """The public days; nothing when the period ends already on the day that is asked for."""
    if "last_day" in about.form and "checked" in about.form:
        try:
            if publication.ends_on(about.session, about.matter, *forms.extension(about.form)[:2]):
                return []
        except Invalid:
            pass
    rows = preparation.periods_of(about.session, about.matter.id)
    told = [[str(row.id), row.closes_at] for row in rows]
    return [Shown("days", {"days": digest(told), **_standing(about.matter)}, _days(rows))]


def _state(about: About) -> Sequence[Shown]:
    """Whether a public matter was stopped, submitted or concluded."""
    matter = about.matter
    texts = {"withdrawn_reason": matter.withdrawn_reason or "", "submitted_on": day(matter.submitted_on)}
    return [Shown("state", _standing(matter) | {"submitted": str(matter.submitted_on)}, texts)]


def _standing(matter: Consultation) -> dict[str, str]:
    return {"standing": digest(matter.withdrawn_at, matter.concluded_at)}


_KEPT = frozenset({saved_versions.PART})
_FACTS, _PERIODS = saved_versions.keeper("facts"), saved_versions.keeper("periods")

FACTS = Kind(
    "facts", _facts, _FACTS.earlier, typed=_facts_typed, merges=_KEPT, keep=_FACTS.keep, told=_told,
)  # fmt: skip
PUBLICATION = Kind("publication", _publication, _unpublished_before, told=_told)
DISCARDED = Kind("discarded", _discarded, _unpublished_before, told=_told)
PERIODS = Kind(
    "periods", _periods, _PERIODS.earlier, typed=_periods_typed, merges=_KEPT, keep=_PERIODS.keep, told=_told
)
EXTENSION = Kind("extension", _extended)
STATE = Kind("state", _state)
