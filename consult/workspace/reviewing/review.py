"""A reviewer of the body looks at a draft before it is handed over: agrees with the very version under the newest draft
of the matter, or gives it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.consultations.matter.queries import newest_draft
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Refused
from consult.outbox.service import emit
from consult.people import letter_roles
from consult.people.models import Organisation, User
from consult.policy import Actor
from consult.workspace.drafts import person, to_be_changed
from consult.workspace.models import DraftReview, OrganisationDraft


def ask(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor, now: datetime) -> DraftReview:
    """Asks the reviewer of the body to look at the draft as it is, who is told (`letter_review_asked`); again for the
    same version it is the same. Raises as `drafts.to_be_changed` does, and Refused("no_reviewer")."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        reviewer = reviewer_of(session, draft, now)
        if reviewer is None:
            raise Refused("no_reviewer")
        last = newest(session, draft)
        same = last is not None and (last.version, last.reviewer_id) == (draft.version, reviewer.id)
        if last is not None and same and not lapsed(session, last):
            return last
        return _ask(session, draft, reviewer.id, person(actor), now)


def ask_anew(session: Session, draft: OrganisationDraft, now: datetime) -> None:
    """Asks a reviewer whose agreement lapsed, in the name of whoever asked before. Inside the transaction."""
    last, reviewer = newest(session, draft), reviewer_of(session, draft, now)
    if last is not None and reviewer is not None and last.version == draft.version and lapsed(session, last):
        _ask(session, draft, reviewer.id, last.asked_by_id, now)


def _ask(session: Session, draft: OrganisationDraft, reviewer_id: UUID, by_id: UUID, now: datetime) -> DraftReview:
    asked = DraftReview(
        consultation_id=draft.consultation_id, id=new_id(), draft_id=draft.id, version=draft.version, asked_at=now,
        asked_by_id=by_id, reviewer_id=reviewer_id,
    )  # fmt: skip
    session.add(asked)
    emit(session, "letter_review_asked", now, draft.consultation_id, draft=str(draft.id), review=str(asked.id))
    return asked


def answer(
    session: Session, consultation: Consultation, draft_id: UUID, agreed: bool, actor: Actor, now: datetime
) -> DraftReview:
    """The reviewer agrees with the version that they were asked about, or gives it back; who asked is told
    (`letter_reviewed`). Raises as `drafts.to_be_changed` does, and Refused("not_asked_to_review")."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        asked = waiting_for(session, draft, actor)
        if asked is None:
            raise Refused("not_asked_to_review")
        asked.agreed, asked.settled_at = agreed, now
        emit(session, "letter_reviewed", now, consultation.id, draft=str(draft.id), review=str(asked.id))
    return asked


def newest(session: Session, draft: OrganisationDraft) -> DraftReview | None:
    """The last time that somebody was asked."""
    found = _of([draft])
    return session.scalars(found.order_by(DraftReview.asked_at.desc(), DraftReview.id.desc()).limit(1)).first()


def lapsed(session: Session, review: DraftReview) -> bool:
    """Whether somebody agreed before a further draft of the matter appeared: until they do so again it holds no more,
    as a cosigner's confirmation."""
    current = newest_draft(session, review.consultation_id)
    if not review.agreed or review.settled_at is None or current is None or current.number == 1:
        return False
    return current.published_at is not None and current.published_at > review.settled_at


def waiting_for(session: Session, draft: OrganisationDraft, actor: Actor) -> DraftReview | None:
    """What the actor was asked and has not said, while the draft is that version."""
    last = newest(session, draft)
    open_now = last is not None and last.agreed is None and last.version == draft.version
    return last if last is not None and open_now and last.reviewer_id == actor.user_id else None


def waiting_among(session: Session, drafts: Sequence[OrganisationDraft], actor: Actor) -> set[UUID]:
    """The drafts that the actor was asked to look at and has not."""
    mine = _of(drafts).where(DraftReview.reviewer_id == actor.user_id, DraftReview.agreed.is_(None))
    versions = {(one.draft_id, one.version) for one in session.scalars(mine)}
    return {draft.id for draft in drafts if (draft.id, draft.version) in versions}


def reviewer_of(session: Session, draft: OrganisationDraft, now: datetime) -> User | None:
    """Who reviews the letters of the body; None where nobody need."""
    return letter_roles.reviewer_of(session, session.get_one(Organisation, draft.organisation_id), now)


def told(session: Session, draft: OrganisationDraft, now: datetime) -> dict[str, Any]:
    """Who reviews a draft, what they said last, and whether that lapsed: what its pages tell."""
    last = newest(session, draft)
    lapses = last is not None and lapsed(session, last)
    return {"reviewer": reviewer_of(session, draft, now), "last_review": last, "review_lapsed": lapses}


def why_not_ready(session: Session, draft: OrganisationDraft, actor: Actor, now: datetime) -> str | None:
    """None when the draft may be handed over or sent by `actor`: no reviewer is named, they agreed with this very
    version under the newest draft of the matter, or it is they who act; otherwise `review_first`."""
    reviewer = reviewer_of(session, draft, now)
    if reviewer is None or reviewer.id == actor.user_id:
        return None
    last = newest(session, draft)
    agreed = last is not None and last.agreed and last.version == draft.version and not lapsed(session, last)
    return None if agreed else "review_first"


def _of(drafts: Sequence[OrganisationDraft]) -> Select[DraftReview]:
    return select(DraftReview).where(
        DraftReview.consultation_id.in_({draft.consultation_id for draft in drafts}),
        DraftReview.draft_id.in_([draft.id for draft in drafts]),
    )
