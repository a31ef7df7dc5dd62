"""What tests of signing in ask for."""

import pytest

from consult.sign_in import passwords
from tests import signing_in


@pytest.fixture
def slow_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost what they cost on the site."""
    monkeypatch.setattr(passwords, "_derived", signing_in.slow)
