"""Whether something is in time: decided by when it reached us, never by when its turn came."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from consult import clock
from consult.compiled_statements import Executor
from consult.consultations.invitation_models import Invitation
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation, Period
from consult.consultations.words import Audience
from consult.errors import Refused
from consult.people.heirs import with_predecessors
from consult.people.models import Organisation
from consult.policy import may_lead_critique
from consult.stages import Stage, stage_of
from consult.submissions.inputs import CritiqueInput
from consult.submissions.words import SubmissionKind

_REASONS = {
    Stage.DRAFTING: "not_published_yet",
    Stage.ANNOUNCED: "not_open_yet",
    Stage.WITHDRAWN: "withdrawn",
}


def check_in_time(
    executor: Executor,
    consultation: Consultation | PolicyFacts,
    kind: SubmissionKind,
    organisation_id: UUID | None,
    moment: datetime,
    on_paper: bool = False,
) -> bool:
    """Whether a critique is later than it was asked for; False for everything else that is in time.

    `moment` is the instant that counts (arrival, or `on_paper` the legal receipt). Raises Refused: `not_published_yet`,
    `not_open_yet`, `withdrawn`, `too_late`, or for a critique `already_submitted` and, where nothing is drafted,
    `nothing_drafted`. Everybody has the public period; a
    body that was asked the latest of it, the period of the bodies asked, and the day its own letter names; a critique
    is taken until the matter goes to the issuing authority, since the law sets no other day. What is sealed is over,
    whatever a clock that was set back says now; paper that lay here in time is typed in later.
    """
    stage = stage_of(consultation, moment)
    if stage in _REASONS:
        raise Refused(_REASONS[stage])
    if kind is SubmissionKind.CRITIQUE:
        return _critique_is_late(executor, consultation, organisation_id, moment)
    if stage is Stage.OPEN and (on_paper or consultation.sealed_at is None):
        return False
    if organisation_id is None or not _asked_until(executor, consultation, organisation_id, moment):
        raise Refused("too_late")
    return False


def check_may_lead(
    executor: Executor, consultation: Consultation | PolicyFacts, organisation_id: UUID | None, critique: CritiqueInput
) -> None:
    """Raises Refused when this organisation may not lead a phản biện xã hội of this matter (`policy` has the rule)."""
    bodies = select(Organisation.kind, Organisation.level)
    leading = executor.execute(bodies.where(Organisation.id == organisation_id)).first()
    if leading is None:
        raise Refused("critique_not_yours")
    asking = executor.execute(bodies.where(Organisation.id == consultation.lead_id)).one()
    agreed = bool(critique.agreement_number and critique.agreement_on)
    reason = may_lead_critique(leading.kind, leading.level, asking.level, agreed)
    if reason is not None:
        raise Refused(reason)


def _asked_until(
    executor: Executor, consultation: Consultation | PolicyFacts, organisation_id: UUID, moment: datetime
) -> bool:
    """Whether a body asked still has time at `moment`."""
    letters = _letters(executor, consultation, organisation_id, moment)
    if not letters:
        return False
    ends = [*_ends(executor, consultation, Audience.INVITED), *_days_named(letters)]
    return any(end is None or moment < end for end in ends)


def _critique_is_late(
    executor: Executor, consultation: Consultation | PolicyFacts, organisation_id: UUID | None, moment: datetime
) -> bool:
    """Later than the period for critiques and, for a body asked, than the day its own letter names."""
    if not consultation.kind.has_draft:
        raise Refused("nothing_drafted")
    handed_on = consultation.submitted_on
    if handed_on is not None and clock.local_day(moment) > handed_on:
        raise Refused("already_submitted")
    letters = _letters(executor, consultation, organisation_id, moment) if organisation_id else ()
    ends = [*_ends(executor, consultation, Audience.CRITIQUE), *_days_named(letters)]
    return bool(ends) and all(end is not None and moment >= end for end in ends)


def _ends(
    executor: Executor, consultation: Consultation | PolicyFacts, audience: Audience
) -> Sequence[datetime | None]:
    ends = select(Period.closes_at).where(Period.consultation_id == consultation.id, Period.audience == audience)
    return executor.scalars(ends).all()


def _letters(
    executor: Executor, consultation: Consultation | PolicyFacts, organisation_id: UUID, moment: datetime
) -> Sequence[date | None]:
    """The days by which the letters to a body, or to one from which it had taken over, ask for its reply; None for one
    that names none."""
    bodies = with_predecessors(executor, organisation_id, clock.local_day(moment))
    letters = select(Invitation.reply_by).where(
        Invitation.consultation_id == consultation.id, Invitation.organisation_id.in_(bodies)
    )
    return executor.scalars(letters).all()


def _days_named(letters: Sequence[date | None]) -> list[datetime]:
    """The first instant after each day that a letter names."""
    return [clock.start_of_day(day + timedelta(days=1)) for day in letters if day is not None]
