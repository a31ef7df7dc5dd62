"""The load that benches make: what it sends is taken, and what was not taken as it should be is never counted."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench import form
from bench.generators import RECEIPT, Measured, get
from bench.load import Job
from consult.clock import now
from consult.submissions.models import Submission
from tests.builders import make_consultation
from tests.live import served

SLUG = "phan-loai-rac"


def told(port: int, requests: list[str], leads_to: str = "") -> Measured:
    """What came of these requests, each sent once, over a connection of its own: the server of the tests closes it."""
    measured = Measured()
    measured.add([Job(port, requests, len(requests), seconds=60, repeat=False, leads_to=leads_to).run()])
    return measured


def test_forms_are_taken_and_pages_read(app: Flask, app_session: Session) -> None:
    make_consultation(app_session, now=now(), slug=SLUG)
    with served(app) as address:
        port = urlsplit(address).port or 0
        sent = told(port, form.sending(port, SLUG, 1), RECEIPT)
        read = told(port, [get(f"/lay-y-kien/{SLUG}/")])
    assert (len(sent.times), len(read.times), sent.wrong + read.wrong) == (1, 1, {})
    assert app_session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_form_that_is_given_back_does_not_count(app: Flask, app_session: Session) -> None:
    make_consultation(app_session, now=now(), slug=SLUG)
    with served(app) as address:
        port = urlsplit(address).port or 0
        [ready] = form.sending(port, SLUG, 1)
        with pytest.raises(RuntimeError, match="'303': 1"):
            told(port, [ready.replace("ticket=", "t1ck3t=")], RECEIPT)


def test_a_round_of_nothing_is_an_error(app: Flask) -> None:
    with served(app) as address, pytest.raises(RuntimeError, match="'404': 2"):
        told(urlsplit(address).port or 0, [get("/khong-co/"), get("/khong-co/")])
