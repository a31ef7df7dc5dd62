"""Why something changed that no comment asked for, as an officer tells the public."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import ChangeSource, Provision, Revision
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.consultations.revisions import matching
from consult.consultations.words import ChangeOrigin
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.policy import Action, Actor, require
from consult.text import blank

NOTE_LIMIT = 500
MOST_AT_ONCE = 500


def give_sources(
    session: Session,
    consultation: Consultation,
    revision: Revision,
    provision_ids: Collection[UUID],
    source: ChangeOrigin,
    note: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Tells where changes came from: provisions of a public revision, or, of what was removed, of the one before.

    What was told before stays on record; the latest counts, and is public at once. Raises Invalid, NotFound for
    provisions of neither revision or a revision that is not public, and Refused by the policy.
    """
    by_id = person(actor)
    _check(provision_ids, source, note)
    key = (revision.consultation_id, revision.id)
    with writing(session, consultation.id):
        require(actor, Action.REVISE_MATTER, consultation, now)
        fresh = session.get(Revision, key)
        before = matching.previous(session, fresh) if fresh is not None else None
        if fresh is None or before is None or fresh.published_at is None:
            raise NotFound
        _check_provisions(session, consultation.id, (before.id, fresh.id), set(provision_ids))
        session.add_all(
            ChangeSource(
                id=new_id(),
                consultation_id=consultation.id,
                new_revision_id=fresh.id,
                provision_id=provision_id,
                source=source,
                note=note,
                at=now,
                by_id=by_id,
            )
            for provision_id in dict.fromkeys(provision_ids)
        )
        consultation.touch()
        written(session, consultation)


def sources_of(session: Session, consultation_id: UUID, revisions: Iterable[Revision]) -> dict[UUID, ChangeSource]:
    """The source told last of each provision that changed in these revisions, in one statement."""
    rows = session.scalars(
        select(ChangeSource)
        .where(
            ChangeSource.consultation_id == consultation_id,
            ChangeSource.new_revision_id.in_([revision.id for revision in revisions]),
        )
        .order_by(ChangeSource.at, ChangeSource.id)
    )
    return {row.provision_id: row for row in rows}


def _check(provision_ids: Collection[UUID], source: ChangeOrigin, note: str) -> None:
    errors = {}
    if not provision_ids:
        errors["change"] = "nothing_chosen"
    elif len(provision_ids) > MOST_AT_ONCE:
        errors["change"] = "too_many"
    if len(note) > NOTE_LIMIT:
        errors["note"] = "too_long"
    elif source is ChangeOrigin.OTHER and blank(note):
        errors["note"] = "required"
    if errors:
        raise Invalid(errors)


def _check_provisions(session: Session, consultation_id: UUID, revision_ids: Iterable[UUID], ids: set[UUID]) -> None:
    known = session.scalar(
        select(func.count()).where(
            Provision.consultation_id == consultation_id,
            Provision.revision_id.in_(revision_ids),
            Provision.id.in_(ids),
        )
    )
    if known != len(ids):
        raise NotFound
