"""Until when what is sent on a matter should be answered: the term that its rules set, and how that was extended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.consultations.matter.internal_terms import InternalTerms, internal_of
from consult.consultations.matter.profiles import rules_of
from consult.consultations.matter.publish_terms import PublishTerm, publish_of
from consult.consultations.matter.term_kinds import TermKind, kind_of
from consult.consultations.models import AnswerExtension, Consultation
from consult.consultations.words import Audience

LONGEST_SEARCH = 400
RECEIVED = "received"
"""What a rule for answering says (`begins`) whose days are counted from the receipt of each comment, not from the end
of the public period."""


@dataclass(frozen=True)
class Moved:
    """On the local day `on` the body that answers gave itself until `last_day`, for whatever was not late by then."""

    on: date
    last_day: date


@dataclass(frozen=True)
class Pause:
    """The sender of a comment (of this kind, that came at `received_at`) was asked something, and is waited for until
    the end of `waits_until` at most; what is said after that moves no day any more. `by_investor` where the investor
    asked who answers."""

    kind: str
    received_at: datetime
    asked_at: datetime
    waits_until: date
    replied_at: datetime | None
    by_investor: bool = False

    @property
    def on(self) -> date:
        """The local day of the question."""
        return clock.local_day(self.asked_at)

    @property
    def until(self) -> date:
        """The last day of waiting: that of the reply, or the last there is as long as there is none."""
        return self.waits_until if self.replied_at is None else min(self.waits_until, clock.local_day(self.replied_at))

    def waits(self, on: date) -> bool:
        """Whether the sender is waited for on a local day."""
        return self.replied_at is None and on <= self.waits_until


@dataclass(frozen=True)
class AnswerTerm:
    """How long answering may take by the rules of a matter (`kind_of_term`: agreed, "theo quy chế phối hợp", since no
    law sets one); `internal` is by when the steps before should be done, `publish` how long an approved answer may
    wait. It runs from the end of the public period, for what came later and for critiques (by the `kind` of what was
    sent) from their receipt; of a matter that is open all year (`each`) for everything from its receipt; `moved` are
    its extensions, the oldest first, and `pauses`, by the number of a comment, how long its sender was waited for: the
    clock stands still meanwhile."""

    days: int
    unit: DayUnit
    roll: Roll
    last_public_day: date | None
    holidays: Holidays
    moved: tuple[Moved, ...] = ()
    pauses: Mapping[int, Pause] = field(default_factory=dict)
    kind_of_term: TermKind = TermKind.AGREED
    internal: InternalTerms = field(default_factory=InternalTerms)
    publish: PublishTerm | None = None
    each: bool = False

    def due(self, kind: str, received_at: datetime, number: int | None = None) -> date | None:
        """The local day until which a comment should be answered; None while the public period has no end."""
        return self.due_of(kind, clock.local_day(received_at), number)

    def due_of(self, kind: str, received: date, number: int | None = None) -> date | None:
        """The same for a comment that came on the local day `received`."""
        start = self.start(kind, received)
        return None if start is None else self.end(start, number)

    @property
    def public_day(self) -> date | None:
        """Until when all that comes in during the public period should be answered; None while that has no end, or
        where each comment has a day of its own."""
        return None if self.last_public_day is None else self.end(self.last_public_day)

    def overdue(self, kind: str, received_at: datetime, on: date, number: int | None = None) -> int:
        """By how many days the term is over on the local day `on`; 0 when it is not."""
        due = self.due(kind, received_at, number)
        return max(0, (on - due).days) if due is not None else 0

    def not_overdue_for_waiting(self, on: date) -> list[int]:
        """The comments for whose senders was waited, and whose term is not over on a local day."""
        return [
            number for number, one in self.pauses.items() if not self.overdue(one.kind, one.received_at, on, number)
        ]

    def latest_overdue_start(self, on: date) -> date:
        """The latest day such that a term that began on it is over on `on`."""
        start = on
        while self.end(start) >= on and (on - start).days < LONGEST_SEARCH:
            start -= timedelta(days=1)
        return start

    def all_begun(self, start: date) -> bool:
        """Whether the terms of all that came by the day `start` had begun on it, whatever was sent."""
        return self.each or (self.last_public_day is not None and self.last_public_day <= start)

    def counted(self, start: date, roll: Roll | None = None) -> date:
        """The last day of a term that began on `start`, by counting alone: as if nothing had moved it."""
        return calendar.last_day(start, self.days, self.unit, self.holidays, self.roll if roll is None else roll)

    def end(self, start: date, number: int | None = None) -> date:
        """The last day of a term that began on `start`, of the comment `number` if it is one that is there. What was
        late when it was extended, or its sender asked, stays late."""
        return next((after for _one, _before, after in reversed(self.steps(start, number))), self.counted(start))

    def steps(self, start: date, number: int | None = None) -> "list[tuple[Moved | Pause, date, date]]":
        """What made that day later, in its order: with the last day before and after."""
        end, pause = self.counted(start), self.pauses.get(number or 0)
        made: list[tuple[Moved | Pause, date, date]] = []
        later: list[Moved | Pause] = [*self.moved, *([pause] if pause else [])]
        for one in sorted(later, key=lambda made: made.on):
            after = one.last_day if isinstance(one, Moved) else self._waited(end, one)
            if one.on <= end < after:
                made.append((one, end, after))
                end = after
        return made

    def _waited(self, end: date, pause: Pause) -> date:
        """The day `end`, as many days later as were waited, and not on a day off where the rules say so."""
        days = (pause.until - pause.on).days
        return calendar.last_day(end, days, DayUnit.DAY, self.holidays, self.roll) if days else end

    def start(self, kind: str, received: date) -> date | None:
        """The day of the event that the term of a comment begins with; None while the public period has no end."""
        if self.each or kind == Audience.CRITIQUE:
            return received
        return None if self.last_public_day is None else max(received, self.last_public_day)


def rule_of(consultation: Consultation) -> Mapping[str, Any] | None:
    """What the rules that a matter was published with say of answering; None when they set no term."""
    return rules_of(consultation).get("answer_days")


def term_of(session: Session, consultation: Consultation) -> AnswerTerm | None:
    """The term of the rules that the matter was published with; None when they set none. At most two statements."""
    return terms_of(session, [consultation]).get(consultation.id)


def terms_of(session: Session, matters: Sequence[Consultation]) -> dict[UUID, AnswerTerm]:
    """The term of each of these matters that has one, by its id. At most two statements."""
    ruled = {one.id: rule for one in matters if (rule := rule_of(one)) is not None}
    if not ruled:
        return {}
    table, moved = calendar.holidays(session), extensions_of(session, list(ruled))
    return {one.id: _term(one, ruled[one.id], table, moved.get(one.id, [])) for one in matters if one.id in ruled}


def term_with(session: Session, consultation: Consultation, moved: Sequence[AnswerExtension]) -> AnswerTerm | None:
    """The same with extensions that were read already. One statement."""
    rule = rule_of(consultation)
    return _term(consultation, rule, calendar.holidays(session), moved) if rule is not None else None


def extensions_of(session: Session, matter_ids: Sequence[UUID]) -> dict[UUID, list[AnswerExtension]]:
    """How answering was extended in each of these matters, the oldest first. One statement."""
    found: dict[UUID, list[AnswerExtension]] = {}
    wanted = select(AnswerExtension).where(AnswerExtension.consultation_id.in_(matter_ids))
    for row in session.scalars(wanted.order_by(AnswerExtension.at, AnswerExtension.id)):
        found.setdefault(row.consultation_id, []).append(row)
    return found


def _term(
    consultation: Consultation, rule: Mapping[str, Any], table: Holidays, moved: Sequence[AnswerExtension]
) -> AnswerTerm:
    each = rule.get("begins") == RECEIVED
    end = None if each else consultation.closes_at
    return AnswerTerm(
        days=rule["days"],
        unit=DayUnit(rule["unit"]),
        roll=Roll(rule["roll"]),
        last_public_day=calendar.last_day_of(end) if end is not None else None,
        holidays=table,
        moved=tuple(Moved(clock.local_day(one.at), one.last_day) for one in moved),
        kind_of_term=kind_of(rule),
        internal=internal_of(rules_of(consultation), table),
        publish=publish_of(rules_of(consultation), table),
        each=each,
    )
