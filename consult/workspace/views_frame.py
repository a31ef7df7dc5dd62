"""What the pages of the organisation's workspace share: their frame, and the words of places."""

from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.catalogues import written_day
from consult.consultations.matter.queries import newest_draft
from consult.consultations.models import Consultation
from consult.submissions import anchors
from consult.submissions.form import drafts_shown
from consult.submissions.inputs import SHORT_LIMIT, TEXT_LIMIT
from consult.submissions.words import CRITIQUE_CRITERIA, IMPACT_FACETS, CritiqueForm, Stance
from consult.web import context
from consult.web.catalogue import say
from consult.workspace import clauses
from consult.workspace.clauses import Clause
from consult.workspace.content import PLAIN_CRITERIA, DraftContent

_GROUPS = {"criteria": "criterion", "impact": "facet"}
NO_STORE = {"Cache-Control": "no-store"}


def page(name: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    """The page `name` of the workspace for who is signed in."""
    html = render_template(
        f"workspace/{name}.html",
        actor=context.actor(),
        now=context.arrived_at(),
        label=label,
        field_label=field_label,
        as_day=as_day,
        limits={"text": TEXT_LIMIT, "short": SHORT_LIMIT},
        stances=[(stance.value, say(f"stance.{stance.value}")) for stance in Stance],
        critique_forms=[(form.value, say(f"critique_form.{form.value}")) for form in CritiqueForm],
        criteria=CRITIQUE_CRITERIA,
        plain_criteria=PLAIN_CRITERIA,
        facets=IMPACT_FACETS,
        **values,
    )
    return html, status, NO_STORE


def label(place: Any) -> str:
    """A place in words: a clause of a draft, or what a comment that was sent is about."""
    if getattr(place, "known", True) is False:
        return say("place.unknown")
    return anchors.label_of(place, say)


def field_label(name: str) -> str:
    """A field of the draft in words: "Ý kiến 2: Nội dung ý kiến"."""
    group, _, rest = name.partition(".")
    if group == "comments" and rest:
        number, _, part = rest.partition(".")
        return say(f"draft_field.comment_{part}", number=int(number) + 1)
    if group in _GROUPS and rest:
        return say(f"{_GROUPS[group]}.{rest}")
    return say(f"draft_field.{name}")


def as_day(value: date | str | None) -> str:
    """A day as people write it, also one still typed in a draft; what is no day stays as typed."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return written_day(value, context.language()) if value else ""


def clauses_of(consultation: Consultation, content: DraftContent) -> list[Clause]:
    """The place of every comment of a draft, with the words that stand there."""
    return clauses.read(context.session(), consultation, [comment.anchor for comment in content.comments])


def places_of(consultation: Consultation, content: DraftContent) -> dict[str, Any]:
    """The places of a draft's points, what became of those of an older draft, and the draft that is the newest, where
    it is not the first."""
    session, found = context.session(), clauses_of(consultation, content)
    newest = newest_draft(session, consultation.id)
    further = newest is not None and newest.number > 1 and newest.published_at is not None
    fates = drafts_shown.fates_of(session, consultation.id, [place.anchor for place in found])
    return {"places": found, "fates": fates, "newest": newest if further else None}
