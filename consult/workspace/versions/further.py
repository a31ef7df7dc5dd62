"""What was saved too late for a letter that was sent: it becomes the beginning of a further letter."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Refused
from consult.policy import Actor
from consult.workspace import fields
from consult.workspace.content import TEXTS, DraftContent
from consult.workspace.content import read as read_content
from consult.workspace.drafts import find, note_writer, start
from consult.workspace.models import OrganisationDraft
from consult.workspace.versions import kept

STAY = ("signatory_name", "signatory_office", "signing_line", "form")
"""What a further letter has as the one before."""


def begin(
    session: Session, consultation: Consultation, draft_id: UUID, number: int, actor: Actor, now: datetime
) -> OrganisationDraft:
    """A new draft with what a version says beyond the letter that was sent; who wrote that version wrote in it. Raises
    NotFound, and Refused: `not_sent` while the draft itself can be gone on with, and as `drafts.start` does."""
    with writing(session, consultation.id):
        sent = find(session, consultation, draft_id, actor)
        version = kept.find(session, sent, number)
        if sent.submission_id is None:
            raise Refused("not_sent")
        content = beyond(read_content(sent.content), kept.read(version))
        made = start(session, consultation, sent.organisation_id, sent.kind, actor, now, content)
        note_writer(session, made, version.by_id, now)
        if version.waits and version.settled_at is None:
            version.settled_at = now
    return made


def beyond(sent: DraftContent, version: DraftContent) -> DraftContent:
    """What `version` says that was not sent: the points that are new or say something else, and of the letter who signs
    it, and the fields that differ."""
    before = {one.key: one for one in sent.comments}
    points = [one for one in version.comments if one.key not in before or not fields.same_point(one, before[one.key])]
    told = {name: getattr(version, name) for name in TEXTS}
    texts = {name: text for name, text in told.items() if name in STAY or text != getattr(sent, name)}
    return replace(
        DraftContent(**texts),
        criteria={name: text for name, text in version.criteria.items() if text != sent.criteria.get(name)},
        impact={name: text for name, text in version.impact.items() if text != sent.impact.get(name)},
    ).with_points(*points)
