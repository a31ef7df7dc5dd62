"""The sandbox itself is tried here: whatever was read before is read again."""

import pytest


@pytest.fixture(autouse=True)
def always_anew(reading_anew: None) -> None:
    """Each order is carried out."""
