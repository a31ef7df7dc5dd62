"""What tests of providers ask for."""

from collections.abc import Iterator

import pytest
from flask import Flask

from consult.sign_in import views_provider
from consult.sign_in.providers.discovery import Directory
from consult.sign_in.providers.settings import Provider as Settings
from tests.sign_in.providers.provider import CLIENT, SECRET, Provider, served


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider on this machine."""
    with served(Provider()) as one:
        yield one


@pytest.fixture
def connected(app: Flask, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The site, connected with it as `vneid`: what its settings say."""
    own = Settings("vneid", provider.issuer, CLIENT, SECRET, "vneid")
    monkeypatch.setitem(app.extensions, "consult.providers", {"vneid": own})
    monkeypatch.setattr(views_provider, "DIRECTORY", Directory())
    return own
