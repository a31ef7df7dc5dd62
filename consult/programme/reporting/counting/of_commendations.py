"""Commendations: proposed, decided, public. Nobody is named: a report stays as it was frozen, and who takes a consent
back must be gone from everywhere. Of a person not even the body that proposed them is told, since it may say what they
believe."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from consult import clock
from consult.catalogues import translations
from consult.people.models import Organisation
from consult.programme.commendations.models import Commendation
from consult.programme.facts import day
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.programme.words import CommendedKind


def numbers(scope: Scope) -> Sequence[Number]:
    """What was proposed and decided within the span, and what is public of that, as of now."""
    proposed = [Commendation.proposed_at >= scope.span.start, Commendation.proposed_at < scope.span.end]
    decided = [
        Commendation.decided_on.between(scope.span.since, scope.span.until),
        Commendation.decided_at.is_not(None),
    ]
    named = [*decided, Commendation.released_at.is_not(None), Commendation.withdrawn_at.is_(None)]
    return [
        _proposed(scope, proposed), _decided(scope, "commendations_decided", decided, False),
        _decided(scope, "commendations_public", named, True),
    ]  # fmt: skip


SECTION = Section("commendations", numbers)


def _proposed(scope: Scope, only: Sequence[ColumnElement[bool]]) -> Number:
    listed = (
        select(Commendation.number, Commendation.kind, Commendation.proposed_at, Organisation.name)
        .join(Organisation, Organisation.id == Commendation.proposer_id)
        .where(Commendation.consultation_id == scope.own, *only)
        .order_by(Commendation.proposed_at, Commendation.number)
    )

    def told(row: Any) -> Row:
        body = "" if row.kind is CommendedKind.PERSON else row.name
        return Row(_words(row.number, row.kind), body, day(clock.local_day(row.proposed_at)))

    return Number("commendations_proposed", listed, told)


def _decided(scope: Scope, code: str, only: Sequence[ColumnElement[bool]], leads: bool) -> Number:
    deciding = aliased(Organisation)
    listed = (
        select(Commendation.number, Commendation.kind, Commendation.form, Commendation.decided_on, deciding.name)
        .join(Commendation.deciding.of_type(deciding))
        .where(Commendation.consultation_id == scope.own, *only)
        .order_by(Commendation.decided_on, Commendation.number)
    )

    def told(row: Any) -> Row:
        decided: date = row.decided_on
        path = f"/chuong-trinh/{scope.programme.matter.slug}/guong-tot/{row.number}/" if leads else ""
        return Row(f"{row.form}: {_words(row.number, row.kind)}", row.name, day(decided), path=path)

    return Number(code, listed, told)


def _words(number: int, kind: CommendedKind) -> str:
    say = translations("vi").gettext
    sentence: str = say(f"report_row.commended_{kind.value}")
    return sentence % {"number": number}
