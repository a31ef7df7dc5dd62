"""Models: which became public, ended, were copied or evaluated; and scores of residential areas."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from consult import clock
from consult.people.models import Area, Organisation
from consult.programme.facts import day
from consult.programme.practices.criteria_models import AreaScore, Criteria
from consult.programme.practices.models import Practice, PracticeAct
from consult.programme.reporting.numbers import Listed, Number, Row, Scope, Section
from consult.programme.words import PracticeActKind


def numbers(scope: Scope) -> Sequence[Number]:
    """What became of models within the span, how many live at its end, and the public scores of areas."""
    became = [Practice.public_at >= scope.span.start, Practice.public_at < scope.span.end]
    ended = [Practice.public_at < scope.span.end, Practice.ended_on.between(scope.span.since, scope.span.until)]
    lives = [Practice.public_at < scope.span.end, Practice.ended_on.is_(None) | (Practice.ended_on > scope.as_of)]
    return [
        _number(scope, "practices", became),
        _number(scope, "practices_copied", [*became, Practice.parent_number.is_not(None)]),
        _evaluated(scope),
        _number(scope, "practices_ended", ended),
        _number(scope, "practices_alive", lives, adds_up=False),
        _scored(scope),
    ]


SECTION = Section("practices", numbers)


def _listed(scope: Scope) -> Listed:
    return (
        select(Practice.number, Practice.title, Practice.started_on, Practice.ended_on, Organisation.name)
        .join(Practice.lead)
        .where(Practice.consultation_id == scope.own, Practice.public_at.is_not(None))
    )


def _number(scope: Scope, code: str, only: Sequence[ColumnElement[bool]], adds_up: bool = True) -> Number:
    def told(row: Any) -> Row:
        ended = row.ended_on if row.ended_on is not None and row.ended_on <= scope.as_of else None
        return Row(row.title, row.name, day(row.started_on), day(ended), path=_path(scope, row))

    listed = _listed(scope).where(*only).order_by(Practice.started_on, Practice.number)
    return Number(code, listed, told, adds_up)


def _evaluated(scope: Scope) -> Number:
    """Evaluations that became public within the span."""
    within = PracticeAct.released_at >= scope.span.start, PracticeAct.released_at < scope.span.end
    listed = (
        _listed(scope)
        .add_columns(PracticeAct.released_at)
        .join(Practice.acts)
        .where(PracticeAct.kind == PracticeActKind.EVALUATION, *within)
        .order_by(PracticeAct.released_at, Practice.number, PracticeAct.number)
    )

    def told(row: Any) -> Row:
        return Row(row.title, row.name, day(clock.local_day(row.released_at)), path=_path(scope, row))

    return Number("practices_evaluated", listed, told)


def _scored(scope: Scope) -> Number:
    """Each public score counts, also one that a later score of the same area replaced."""
    within = AreaScore.scored_on.between(scope.span.since, scope.span.until)
    listed = (
        select(AreaScore.village, AreaScore.scored_on, Criteria.year, Area.name)
        .join(AreaScore.criteria)
        .join(AreaScore.area)
        .where(AreaScore.consultation_id == scope.own, AreaScore.released_at.is_not(None), within)
        .order_by(AreaScore.scored_on, AreaScore.number)
    )
    slug = scope.programme.matter.slug

    def told(row: Any) -> Row:
        path = f"/chuong-trinh/{slug}/khu-dan-cu/{row.year}/"
        return Row(f"{row.village}, {row.name}", "", day(row.scored_on), path=path)

    return Number("areas_scored", listed, told)


def _path(scope: Scope, row: Any) -> str:
    return f"/chuong-trinh/{scope.programme.matter.slug}/mo-hinh/{row.number}/"
