"""The same site and matter as the tests of the API have, with the round that notes what its logs stand at."""

from collections.abc import Callable
from importlib.util import find_spec

import pytest
from flask import Flask

from consult import clock
from consult.transparency.site_log.service import SiteLogRound
from tests.api.conftest import app, ask, lively, matter
from tests.transparency.conftest import restored, urls
from tests.witness.conftest import outside, reached

__all__ = ["app", "ask", "lively", "matter", "outside", "reached", "restored", "urls"]

collect_ignore = [] if find_spec("aics_tlog") else ["test_other_program.py"]
Note = Callable[[], None]


@pytest.fixture
def note(app: Flask) -> Note:
    """One round of the worker."""

    def noted() -> None:
        with app.extensions["consult.database"].session() as session:
            SiteLogRound(app.extensions["consult.signer"]).note(session, clock.now())

    return noted
