"""The library: publications, their newer versions, and what was delivered. Who ordered is nobody else's business."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from consult import clock
from consult.programme.facts import day
from consult.programme.materials.models import Material, MaterialOrder, MaterialVersion
from consult.programme.reporting.numbers import Number, Row, Scope, Section


def numbers(scope: Scope) -> Sequence[Number]:
    """What came into the library within the span, and the orders that were delivered."""
    return [_versions(scope, "materials", newer=False), _versions(scope, "materials_newer", newer=True),
            _delivered(scope), _spoken(scope)]  # fmt: skip


SECTION = Section("materials", numbers)


def _versions(scope: Scope, code: str, newer: bool) -> Number:
    """First versions, or later ones, by the day on which they became public."""
    within = MaterialVersion.released_at >= scope.span.start, MaterialVersion.released_at < scope.span.end
    listed = (
        select(Material.number, Material.title, MaterialVersion.released_at)
        .join(Material.versions)
        .where(Material.consultation_id == scope.own, *within)
        .where(MaterialVersion.number > 1 if newer else MaterialVersion.number == 1)
        .order_by(MaterialVersion.released_at, Material.number, MaterialVersion.number)
    )

    def told(row: Any) -> Row:
        return Row(row.title, day=day(clock.local_day(row.released_at)), path=_path(scope, row))

    return Number(code, listed, told)


def _delivered(scope: Scope) -> Number:
    """Orders of a publication, by the day of delivery."""
    within = MaterialOrder.delivered_on.between(scope.span.since, scope.span.until)
    listed = (
        select(Material.number, Material.title, MaterialOrder.delivered_on)
        .join(MaterialOrder.material)
        .where(MaterialOrder.consultation_id == scope.own, Material.public_at.is_not(None), within)
        .order_by(MaterialOrder.delivered_on, MaterialOrder.number)
    )

    def told(row: Any) -> Row:
        return Row(row.title, day=day(row.delivered_on), path=_path(scope, row))

    return Number("orders_delivered", listed, told)


def _spoken(scope: Scope) -> Number:
    """Orders of a specialist who came to speak."""
    within = MaterialOrder.delivered_on.between(scope.span.since, scope.span.until)
    listed = (
        select(MaterialOrder.delivered_on)
        .where(MaterialOrder.consultation_id == scope.own, MaterialOrder.specialist, within)
        .order_by(MaterialOrder.delivered_on, MaterialOrder.number)
    )
    title = scope.programme.matter.title
    return Number("specialists_sent", listed, lambda row: Row(title, day=day(row.delivered_on)))


def _path(scope: Scope, row: Any) -> str:
    return f"/chuong-trinh/{scope.programme.matter.slug}/thu-vien/{row.number}/"
