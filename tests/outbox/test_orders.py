"""What programs beside the worker are told, in whatever room: they hear what was told."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from consult.appraisal.package import generation as appraisal
from consult.archive import generation as archive
from consult.exports import generation as tables
from consult.exports.package import generation as package
from consult.outbox.orders import SiteOrder
from tests.builders import NOW


@pytest.mark.parametrize("room", [appraisal, archive, package, tables])
def test_a_program_hears_what_it_was_told(room: Any) -> None:
    site = room.Site(
        *(name == "durable" if name == "durable" else f"{name}, “có” dấu" for name in room.Site.__annotations__)
    )
    order: SiteOrder[Any] = room.Order(UUID(int=7), NOW, "postgresql://a:b@c/d", Path("/khoá"), site)
    assert room.Order.heard(order.told()) == order and "\n" not in order.told()
