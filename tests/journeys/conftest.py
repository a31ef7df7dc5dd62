"""What every journey needs: a site that can sign receipts, an open matter, and the keyboard."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ViewportSize
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from tests.application import make_keys
from tests.builders import make_consultation
from tests.live import Visitor, launched, served

# What the page holds of microphones, so that a test may ask whether any still listens.
WATCHED = """
window.listening = [];
const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await asked(wish);
  window.listening.push(...stream.getTracks());
  return stream;
};
"""


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of the site, with a signing key where they say."""
    make_keys(settings["KEYS_FOLDER"], datetime(2025, 1, 1, tzinfo=UTC))
    return settings


@pytest.fixture
def matter(app_session: Session) -> Consultation:
    """A draft decision that is open for comment today."""
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


@pytest.fixture(scope="module")
def with_microphone(chromium_program: Chromium) -> Iterator[Chromium]:
    """A Chromium that hears a made-up microphone, and is allowed to."""
    program = launched(
        chromium_program.browser_type, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
    )
    yield program
    program.close()


@pytest.fixture
def speaker(app: Flask, with_microphone: Chromium) -> Iterator[Callable[..., Visitor]]:
    """Makes people who have a microphone."""
    with served(app) as address:
        people: list[Visitor] = []

        def comes(screen: ViewportSize) -> Visitor:
            people.append(Visitor(with_microphone, address, True, screen))
            people[-1].context.add_init_script(WATCHED)
            return people[-1]

        yield comes
        for one in people:
            one.context.close()
