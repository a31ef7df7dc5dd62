"""Telling the public where changes came from that no comment asked for, many at a time."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk.shown_documents import SOURCES
from consult.consultations.document_models import ChangeSource, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import change_sources, changes, matching
from consult.consultations.revisions.change_groups import ProvisionChange, words_of
from consult.consultations.words import ChangeOrigin
from consult.errors import Invalid, NotFound
from consult.policy import Action
from consult.responses.changes import causes
from consult.responses.views_frame import OK, UNPROCESSABLE, page, to
from consult.submissions import anchors
from consult.text import one_line
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("sources", __name__)
BASE = "/xu-ly/<slug>/nguon-sua-doi/<int:revision>/"
SHOWN = 160


@blueprint.get(BASE)
@access(Action.REVISE_MATTER, of=queries.by_slug)
def index(consultation: Consultation, revision: int) -> ResponseReturnValue:
    """The changes of a revision of the main draft that no comment asked for, with their sources."""
    return _index(consultation, revision)


@blueprint.post(BASE)
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=SOURCES)
def give(consultation: Consultation, revision: int) -> ResponseReturnValue:
    """Tells the source of all changes that were ticked."""
    newer, _ = _revisions(consultation, revision)
    try:
        chosen, source, note = _typed()
        change_sources.give_sources(
            context.session(), consultation, newer, chosen, source, note, context.actor(), context.arrived_at()
        )
    except Invalid as invalid:
        return _index(consultation, revision, invalid.errors)
    return to("sources.index", consultation, "done_source", revision=revision)


def _index(consultation: Consultation, number: int, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    newer, before = _revisions(consultation, number)
    session = context.session()
    line = [before, newer]
    found = changes.changes(session, line)
    told = change_sources.sources_of(session, consultation.id, [newer])
    unasked = causes.unasked(causes.behind(session, consultation, found, line))
    return page(
        "sources",
        consultation,
        UNPROCESSABLE if errors else OK,
        errors=errors or {},
        revision=newer,
        before=before,
        rows=[_row(found, change, told.get(causes.key_of(change))) for change in unasked],
        form=request.form,
        chosen=request.form.getlist("change") if errors else (),
        origins=list(ChangeOrigin),
    )


def _row(found: changes.Changes, change: ProvisionChange, told: ChangeSource | None) -> dict[str, Any]:
    """One line of the table."""
    provision = (found.new if change.news else found.old).provisions[causes.key_of(change)]
    place = anchors.label(provision.path, say)
    words = " ".join(words_of(provision).split())
    return {
        "id": str(provision.id),
        "check_label": place,
        "place": place,
        "kind": change.kind,
        "words": words if len(words) <= SHOWN else f"{words[:SHOWN].rstrip()}…",
        "source": told,
    }


def _revisions(consultation: Consultation, number: int) -> tuple[Revision, Revision]:
    """A public revision of the main draft and the one before it; raises NotFound."""
    session = context.session()
    newer = queries.revision_of(session, queries.document_of(session, consultation.id, anchors.MAIN), number)
    before = matching.previous(session, newer)
    if newer.published_at is None or before is None:
        raise NotFound
    return newer, before


def _typed() -> tuple[list[UUID], ChangeOrigin, str]:
    """What was ticked and typed; raises Invalid."""
    try:
        chosen = [UUID(one) for one in request.form.getlist("change")]
    except ValueError:
        raise NotFound from None
    source = request.form.get("source", "")
    if source not in set(ChangeOrigin):
        raise Invalid({"source": "required"})
    return chosen, ChangeOrigin(source), one_line(request.form.get("note", ""))
