"""The load that benches make: what it sends is taken, and what was not taken as it should be is never counted."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench import form
from bench.generators import Measured, get
from bench.load import Job
from consult.clock import now
from consult.submissions.models import Submission
from tests.builders import make_consultation
from tests.live import served

SLUG = "phan-loai-rac"


def told(port: int, requests: list[str], wanted: str) -> Measured:
    """What came of these requests, each sent once, over a connection of its own: the server of the tests closes it."""
    measured = Measured()
    measured.add([Job(port, requests, len(requests), seconds=60, repeat=False, wanted=wanted).run()])
    return measured


def test_forms_are_taken_and_pages_read(app: Flask, app_session: Session) -> None:
    make_consultation(app_session, now=now(), slug=SLUG)
    with served(app) as address:
        port = urlsplit(address).port or 0
        sent = told(port, form.sending(port, SLUG, 3), "303")
        read = told(port, [get(f"/lay-y-kien/{SLUG}/")], "200")
    assert (len(sent.times), len(read.times), sent.wrong + read.wrong) == (3, 1, {})
    assert app_session.scalar(select(func.count()).select_from(Submission)) == 3


def test_a_round_of_nothing_is_an_error(app: Flask) -> None:
    with served(app) as address, pytest.raises(RuntimeError, match="'404': 2"):
        told(urlsplit(address).port or 0, [get("/khong-co/"), get("/khong-co/")], "200")
