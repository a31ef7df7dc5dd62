"""Writing down which proposals a letter names, in the transaction that sends it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter import policy_facts
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.db import new_id
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.submissions.bundles.models import BundledProposal
from consult.submissions.models import Submission

Named = tuple[str, int]
"""A proposal by the address of its matter and its public number."""


def record(
    session: Session, consultation: Consultation, sent: Submission, named: Sequence[Named], now: datetime
) -> None:
    """A letter that was just sent names these proposals, in the order of its points: public at once on the page of
    each, told to who made it (`bundled`), and written into the log of the matter to which the letter went. Inside
    `writing`. What is no proposal of a public page of proposals is left out, as a slip of the pen."""
    matters = _matters(session, named)
    known = list(dict.fromkeys(one for one in named if one[0] in matters))
    if not known:
        return
    for place, (slug, number) in enumerate(known, 1):
        session.add(
            BundledProposal(
                id=new_id(), consultation_id=consultation.id, submission_id=sent.id, place=place,
                proposals_id=matters[slug].id, number=number, at=now,
            )
        )  # fmt: skip
    ledger.append(session, consultation.id, [comment_entries.proposals_bundled(sent.number, known)], now)
    for slug, matter in matters.items():
        numbers = sorted(number for own, number in known if own == slug)
        emit(session, "comment_changed", now, matter.id, comments=numbers, change="bundled")
        policy_facts.touch(session, matter.id)


def _matters(session: Session, named: Sequence[Named]) -> dict[str, Consultation]:
    slugs = {slug for slug, _number in named}
    wanted = select(Consultation).where(Consultation.slug.in_(slugs), Consultation.kind == Kind.PROPOSALS)
    return {one.slug: one for one in session.scalars(wanted)} if slugs else {}
