"""What the tests of search share."""

import pytest
from flask import Flask

from consult.outbox.worker import Worker


@pytest.fixture
def worker(app: Flask) -> Worker:
    """The worker of the site."""
    found: Worker = app.extensions["consult.worker"]
    return found
