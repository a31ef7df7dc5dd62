"""A table of answers from the moment it is brought until its rows are versions: kept as text for who brought it, looked
at as often as they like, and saved as it was seen, all that was chosen in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import NoneTaken, NotFound, Refused, Taken
from consult.policy import Action, Actor, require
from consult.responses.answer_tables import rows as table_rows
from consult.responses.answer_tables.cells import Say
from consult.responses.answer_tables.models import AnswerTable
from consult.responses.answer_tables.planning import Plan, PlannedRow, plan_of
from consult.responses.answer_tables.upload import Brought
from consult.responses.answers.drafting import draft_answer
from consult.responses.words import Disposition
from consult.text import one_line

KEPT_FOR = timedelta(days=30)
MOST_ROWS = 5_000
MOST_SAVED = 500
"""Rows that one act saves: nobody else writes in the matter meanwhile."""
LISTED = 20


def keep(
    session: Session, consultation: Consultation, name: str, brought: Brought, actor: Actor, now: datetime
) -> AnswerTable:
    """Keeps the rows of a table to be looked at; after a month they are let go. Raises Refused: the policy's reason,
    `answer_table_too_long`."""
    by_id = person(actor)
    if len(brought.rows) > MOST_ROWS:
        raise Refused("answer_table_too_long", most=MOST_ROWS)
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        of_matter = AnswerTable.consultation_id == consultation.id
        session.execute(update(AnswerTable).where(of_matter, AnswerTable.at < now - KEPT_FOR).values(rows=[]))
        kept = AnswerTable(
            consultation_id=consultation.id, id=new_id(), name=one_line(name)[:200], at=now, by_id=by_id,
            rows=[table_rows.as_json(row) for row in brought.rows], told=brought.told, doubts=list(brought.doubts),
            saved=[],
        )  # fmt: skip
        session.add(kept)
    return kept


def find(session: Session, consultation: Consultation, table_id: UUID, user_id: UUID | None) -> AnswerTable:
    """A table that this person brought. Raises NotFound."""
    found = session.get(AnswerTable, (consultation.id, table_id))
    if found is None or found.by_id != user_id:
        raise NotFound
    return found


def brought_by(session: Session, consultation: Consultation, user_id: UUID | None) -> Sequence[AnswerTable]:
    """The tables that this person brought last, the newest first."""
    chosen = select(AnswerTable).where(AnswerTable.consultation_id == consultation.id, AnswerTable.by_id == user_id)
    return session.scalars(chosen.order_by(AnswerTable.at.desc(), AnswerTable.id.desc()).limit(LISTED)).all()


def plan(
    session: Session, consultation: Consultation, kept: AnswerTable, chosen: Mapping[str, Disposition], say: Say
) -> Plan:
    """What the rows of a table would do as things stand; nothing of one that was let go."""
    return plan_of(session, consultation, [table_rows.from_json(row) for row in kept.rows], chosen, say)


def save(
    session: Session, consultation: Consultation, table_id: UUID, seen: Mapping[str, str],
    chosen: Mapping[str, Disposition], ticked: Collection[str], actor: Actor, now: datetime, say: Say,
) -> Taken:  # fmt: skip
    """Saves the rows that were chosen as they were `seen` (the version of each by its key) as versions of answers; a
    leader approves them like any other. `chosen` are results of rows whose own were not understood, `ticked` the codes
    of warnings that were on the page and ticked.

    Rows that would do something else by now are left, and named. All in one transaction: a fault leaves nothing.
    Raises NotFound; Refused: the policy's reason, `nothing_chosen`, `too_many_rows_chosen`, `answer_table_warned` (a
    warning was not ticked), `answer_table_no_result`; NoneTaken: `row_changed` and what `draft_answer` raises.
    """
    if not seen:
        raise Refused("nothing_chosen")
    if len(seen) > MOST_SAVED:
        raise Refused("too_many_rows_chosen", most=MOST_SAVED)
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        kept = find(session, consultation, table_id, person(actor))
        wanted = [one for one in plan(session, consultation, kept, chosen, say).rows if one.key in seen]
        as_seen = [one for one in wanted if one.savable and one.version == seen[one.key]]
        left = [number for one in wanted if one not in as_seen for number in one.numbers]
        if not as_seen:
            raise NoneTaken({"row_changed": left})
        _refuse_unlooked(as_seen, ticked)
        kept.saved = [*kept.saved, *(_saved(session, consultation, one, actor, now) for one in as_seen)]
        done = sorted({number for one in as_seen for number in one.numbers})
        return Taken(done, {"row_changed": left} if left else {})


def _refuse_unlooked(rows: Sequence[PlannedRow], ticked: Collection[str]) -> None:
    """Raises Refused for what its writer has not said, or has not seen."""
    if lacking := [number for one in rows if one.said.disposition is None for number in one.numbers]:
        raise Refused("answer_table_no_result", numbers=_named(lacking))
    if warned := [number for one in rows if not set(one.warnings) <= set(ticked) for number in one.numbers]:
        raise Refused("answer_table_warned", numbers=_named(warned))


def _saved(session: Session, consultation: Consultation, one: PlannedRow, actor: Actor, now: datetime) -> list[int]:
    """Writes one row; gives the numbers of the answer and of the version."""
    assert one.said.disposition is not None
    before = one.answer
    made = draft_answer(
        session, consultation, one.numbers, one.said.disposition, one.said.text, actor, now,
        before.response.id if before else None, one.said.change, one.path,
        before.latest.version if before else None, one.warnings,
    )  # fmt: skip
    return [made.number, before.latest.version + 1 if before else 1]


def _named(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, sorted(set(numbers))))
