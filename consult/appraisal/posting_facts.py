"""What the posting body certifies of an ĐTM consultation: how long the report was posted, and how many opinions came,
by which way and from whom. The counts are those of the public sums."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.responses.answers import public_sums
from consult.submissions.models import Comment, Joiner, Submission

PEOPLE, BODIES = "people", "bodies"


@dataclass(frozen=True)
class PostingFacts:
    """`days` counts from the first day to the last, both included, as far as they have passed; `over` once the last
    has. `by_channel` and `by_kind` (kinds of bodies, and `people`) both add up to `received`; `joiners` are counted
    apart."""

    first_day: date | None
    last_day: date | None
    days: int
    over: bool
    received: int
    by_channel: dict[str, int]
    by_kind: dict[str, int]
    joiners: int
    outcome: dict[str, Any]


def posting_facts(session: Session, consultation: Consultation, now: datetime) -> PostingFacts:
    """The facts as they stand at an instant."""
    opens, closes = consultation.opens_at, consultation.closes_at
    first = clock.local_day(opens) if opens is not None else None
    last = last_day_of(closes) if closes is not None else None
    over = closes is not None and closes <= now
    until = min(last, clock.local_day(now)) if last is not None else clock.local_day(now)
    outcome = public_sums.outcome(session, consultation.id)
    return PostingFacts(
        first_day=first,
        last_day=last,
        days=max(0, (until - first).days + 1) if first is not None else 0,
        over=over,
        received=outcome["received"],
        by_channel=_counted(session, consultation, Submission.channel),
        by_kind=_counted(session, consultation, Organisation.kind),
        joiners=session.scalar(
            select(func.count()).where(Joiner.consultation_id == consultation.id, Joiner.withdrawn_at.is_(None))
        ) or 0,
        outcome=outcome,
    )  # fmt: skip


def for_everybody(facts: PostingFacts) -> PostingFacts:
    """The same as anybody may know it: of which kind a body is that is not named yet says nearly who it is."""
    people = facts.by_kind.get(PEOPLE, 0)
    return replace(facts, by_kind={BODIES: facts.received - people, PEOPLE: people})


def as_json(facts: PostingFacts) -> dict[str, Any]:
    """The same for programs: days as YYYY-MM-DD."""
    days = {name: day.isoformat() if (day := getattr(facts, name)) else None for name in ("first_day", "last_day")}
    return {**vars(facts), **days}


def _counted(session: Session, consultation: Consultation, column: Any) -> dict[str, int]:
    """How many comments, by a column of their submission or of the body that sent it."""
    rows = session.execute(
        select(column, func.count(Comment.id))
        .select_from(Comment)
        .join(Comment.submission)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(Comment.consultation_id == consultation.id)
        .group_by(column)
    )
    return dict(sorted((kind.value if kind is not None else PEOPLE, count) for kind, count in rows))
