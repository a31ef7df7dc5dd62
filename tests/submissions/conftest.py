"""A site of these tests signs what it receives: its key is made before it starts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.application import make_keys


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of the site, with a signing key where they say."""
    make_keys(settings["KEYS_FOLDER"], datetime(2025, 1, 1, tzinfo=UTC))
    return settings
