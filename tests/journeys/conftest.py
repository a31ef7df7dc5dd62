"""What every journey needs: a site that can sign receipts, an open matter, and the keyboard."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from tests.application import make_keys
from tests.builders import make_consultation


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of the site, with a signing key where they say."""
    make_keys(settings["KEYS_FOLDER"], datetime(2025, 1, 1, tzinfo=UTC))
    return settings


@pytest.fixture
def matter(app_session: Session) -> Consultation:
    """A draft decision that is open for comment today."""
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")
