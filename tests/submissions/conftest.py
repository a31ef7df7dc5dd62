"""A site of these tests signs what it receives: its key is made before it starts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from consult.ledger import keys


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of the site, with a signing key where they say."""
    if not keys.load(settings["LEDGER_KEY_FOLDER"]):
        keys.create(settings["LEDGER_KEY_FOLDER"], datetime(2025, 1, 1, tzinfo=UTC))
    return settings
