"""Proposals from below: what came in, what became of it, and what another body was asked for."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from consult.consultations.words import Kind
from consult.programme.facts import day
from consult.programme.reporting import opinions
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.responses.referrals import found as referrals
from consult.responses.referrals.models import Referral
from consult.responses.words import Disposition
from consult.submissions.models import Comment


def numbers(scope: Scope) -> Sequence[Number]:
    """What was proposed to both parties within a span, and what they answered."""
    matters = scope.matters(Kind.PROPOSALS)
    return [
        opinions.received(scope, matters, "proposals"),
        opinions.answered(scope, matters, "proposals_answered"),
        opinions.answered(scope, matters, "proposals_accepted", Disposition.ACCEPTED),
        opinions.answered(scope, matters, "proposals_partly_accepted", Disposition.PARTLY_ACCEPTED),
        opinions.answered(scope, matters, "proposals_not_accepted", Disposition.NOT_ACCEPTED),
        opinions.answered_late(scope, matters, "proposals_late"),
        opinions.overdue(scope, matters, "proposals_overdue"),
        *_referred(scope),
    ]


SECTION = Section("proposals", numbers, apart=True)


def _referred(scope: Scope) -> Sequence[Number]:
    """What was passed on to another body, from proposals and from opinions, and what of it was late at the end; where
    it went and when is told where the page of the comment tells it."""
    matters = scope.matters() | scope.matters(Kind.PROPOSALS)
    listed = (
        select(
            Referral.consultation_id,
            Referral.body_name,
            Referral.sent_on,
            Referral.replied_on,
            Referral.released_at,
            Comment.number,
            referrals.told_expression().label("told"),
        )
        .join(Referral.comment)
        .where(Referral.consultation_id.in_(list(matters)), referrals.stands())
        .order_by(Referral.sent_on, Referral.consultation_id, Referral.number)
    )
    unanswered = or_(Referral.replied_on.is_(None), Referral.replied_on > scope.as_of)
    late = listed.where(Referral.sent_on <= scope.as_of, unanswered, Referral.due_on < scope.as_of)
    sent = listed.where(Referral.sent_on >= scope.span.since, Referral.sent_on <= scope.span.until)

    def told(row: Any) -> Row:
        matter = matters[row.consultation_id]
        path = f"/lay-y-kien/{matter.slug}/y-kien/{row.number}/"
        named = f"{matter.title} ({row.number})"
        if not row.told:
            return Row(named, path=path)
        replied_on = row.replied_on if row.released_at is not None else None
        return Row(named, row.body_name, day(row.sent_on), day(replied_on), path=path)

    return [Number("referred", sent, told), Number("referred_late", late, told, adds_up=False)]
