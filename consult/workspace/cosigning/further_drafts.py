"""A further draft of a matter is public: who confirmed or reviewed a letter before that is asked anew."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consult.db import writing
from consult.outbox.models import OutboxMessage
from consult.workspace.cosigning import cosigners
from consult.workspace.models import DraftCosigner, DraftReview, OrganisationDraft
from consult.workspace.reviewing import review


def after_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """Handler of `matter_changed`: asks anew in every letter of the matter that is not sent yet. Done again it asks
    nobody twice."""
    revised = {one.consultation_id for one in messages if one.payload.get("change") == "revised"}
    for consultation_id in sorted(one for one in revised if one is not None):
        with writing(session, consultation_id):
            open_letters = (
                select(OrganisationDraft)
                .where(
                    OrganisationDraft.consultation_id == consultation_id,
                    OrganisationDraft.submission_id.is_(None),
                    OrganisationDraft.discarded_at.is_(None),
                    or_(
                        *(
                            OrganisationDraft.id.in_(_agreed(one, consultation_id))
                            for one in (DraftCosigner, DraftReview)
                        )
                    ),
                )
                .order_by(OrganisationDraft.id)
            )
            for draft in session.scalars(open_letters).all():
                cosigners.ask_anew(session, draft, now)
                review.ask_anew(session, draft, now)


def _agreed(said: type[DraftCosigner | DraftReview], consultation_id: UUID) -> Select[UUID]:
    return select(said.draft_id).where(said.consultation_id == consultation_id, said.agreed.is_(True))
