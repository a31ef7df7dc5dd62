"""Consultations, critiques, opinions by who sent them, and what became of them: of the matters of both parties."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, literal, select

from consult import clock
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.people.words import Level
from consult.programme.facts import day
from consult.programme.reporting import opinions
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.responses.statistics.bodies import CITIZEN, UNDISCLOSED, UNLISTED
from consult.responses.statistics.letters import public_expression
from consult.responses.words import Disposition
from consult.submissions.models import Submission
from consult.submissions.words import SubmissionKind

WHO = (CITIZEN, *Level, UNLISTED, UNDISCLOSED)
"""Who sent an opinion, as far as everybody may know: people, bodies by level, bodies that nobody has on record, and
letters of which nobody may know yet whose they are."""


def numbers(scope: Scope) -> Sequence[Number]:
    """What both parties asked about within a span, and what came in and was answered."""
    matters = scope.matters()
    return [
        *_matters(scope),
        *(_sent(scope, matters, kind, code) for kind, code in _LETTERS.items()),
        *_opinions(scope, matters),
        *(opinions.answered(scope, matters, f"answers_{one}", one) for one in Disposition),
        opinions.answered_late(scope, matters, "answers_late"),
        opinions.overdue(scope, matters, "answers_overdue"),
    ]


SECTION = Section("consultations", numbers, apart=True)
_LETTERS = {SubmissionKind.CRITIQUE: "critiques", SubmissionKind.FORMAL: "letters"}


def _matters(scope: Scope) -> Iterator[Number]:
    ids = list(scope.matters())
    for code, at in (
        ("matters_published", Consultation.published_at),
        ("matters_concluded", Consultation.concluded_at),
    ):
        listed = (
            select(Consultation.title, Consultation.slug, at.label("at"), Organisation.name)
            .join(Consultation.answering)
            .where(Consultation.id.in_(ids), at >= scope.span.start, at < scope.span.end)
            .order_by(at, Consultation.id)
        )
        yield Number(code, listed, _of_matter)


def _of_matter(row: Any) -> Row:
    return Row(row.title, row.name, day(clock.local_day(row.at)), path=f"/lay-y-kien/{row.slug}/")


def _sent(scope: Scope, matters: Mapping[UUID, Consultation], kind: SubmissionKind, code: str) -> Number:
    """The letters of one kind; whose they are is told of those that are public."""
    within = (Submission.received_at >= scope.span.start, Submission.received_at < scope.span.end)
    name = case((public_expression(), Organisation.name), else_=literal("")).label("name")
    listed = (
        select(Submission.consultation_id, Submission.received_at, name)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(Submission.consultation_id.in_(list(matters)), Submission.kind == kind, *within)
        .order_by(Submission.received_at, Submission.id)
    )

    def told(row: Any) -> Row:
        matter = matters[row.consultation_id]
        received = day(clock.local_day(row.received_at))
        return Row(matter.title, row.name or "", received, path=f"/lay-y-kien/{matter.slug}/")

    return Number(code, listed, told)


def _opinions(scope: Scope, matters: Mapping[UUID, Consultation]) -> Iterator[Number]:
    yield opinions.received(scope, matters, "opinions")
    for who in WHO:
        yield opinions.received(scope, matters, f"opinions_{who}", _sent_by(who))


def _sent_by(who: str) -> list[ColumnElement[bool]]:
    """Who that is, as conditions on a Submission beside which its Organisation is joined: together they leave nobody
    out and name nobody twice."""
    letter, told = Submission.kind != SubmissionKind.COMMENT, public_expression()
    if who == CITIZEN:
        return [~letter]
    if who == UNDISCLOSED:
        return [letter, ~told]
    if who == UNLISTED:
        return [letter, told, Organisation.id.is_(None)]
    return [letter, told, cast(Organisation.level, Text) == str(who)]
