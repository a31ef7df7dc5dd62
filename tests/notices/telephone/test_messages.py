"""Messages to telephones: posted to one address, tried again and given up as mails are, and then a person calls."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import config
from consult.administration.site import mail_settings
from consult.notices.sending.delivery import DeliveryFailed, RecipientRefused, SiteFault
from consult.notices.telephone.gateway import Message, ToAddress, gateway_of, international
from consult.notices.telephone.messages import MessageHandler
from consult.outbox.models import OutboxMessage
from consult.outbox.worker import TRIES, Worker
from consult.submissions.inputs import Sender
from consult.submissions.sender.models import Call
from consult.submissions.words import ContactKind
from tests.builders import NOW
from tests.notices.mailbox import free_port
from tests.notices.telephone.gateway import Provider, serving
from tests.responses.desk_builder import Desk

NUMBER = "0912 345.678"
HOA = Sender("Nông Thị Hoa", contact_kind=ContactKind.TELEPHONE, contact=NUMBER)
TO = "+84912345678"
MESSAGE = Message(UUID(int=7), NUMBER, "Ý kiến số 1 đã được trả lời.", "vi")


def with_gateway(app: Flask, url: str) -> Worker:
    """The worker of the site, as if its settings named a provider."""
    worker: Worker = app.extensions["consult.worker"]
    handler = MessageHandler(app.extensions["consult.notice_writer"], ToAddress(url, "bí".encode().hex(), "SO-NNMT"))
    return replace(worker, handlers={**worker.handlers, "message_requested": (handler.send,)})


def work(worker: Worker, now: Any = NOW) -> None:
    """Does what is due."""
    while worker.work_once(now):
        pass


def waiting(session: Session) -> list[Call]:
    """The calls there are."""
    session.rollback()
    return list(session.scalars(select(Call).where(Call.ended_at.is_(None))))


@pytest.mark.parametrize(
    "typed",
    [
        "0912 345.678",
        "+84 912 345 678",
        "(+84) 912345678",
        "0084912345678",
        "84912345678",
        "zalo 0912345678, sau 7 giờ",
    ],
)
def test_a_number_is_one_however_it_is_typed(typed: str) -> None:
    assert international(typed) == TO


def test_a_message_is_posted_as_json_with_its_secret() -> None:
    provider = Provider()
    with serving(provider) as url:
        ToAddress(url, "mat-khau", "SO-NNMT").deliver(MESSAGE)
    [(headers, words)] = provider.came
    assert words == {"id": str(MESSAGE.id), "to": TO, "text": MESSAGE.text, "language": "vi", "from": "SO-NNMT"}
    assert headers["Authorization"] == "Bearer mat-khau" and headers["Idempotency-Key"] == str(MESSAGE.id)


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (422, RecipientRefused),
        (404, RecipientRefused),
        (429, DeliveryFailed),
        (503, DeliveryFailed),
        (401, SiteFault),
        (403, SiteFault),
        (302, SiteFault),
    ],
)
def test_what_it_means_that_it_is_not_taken(status: int, failure: type[Exception]) -> None:
    elsewhere = Provider()
    with serving(elsewhere) as other, serving(Provider(status, other)) as url, pytest.raises(failure) as told:
        ToAddress(url).deliver(MESSAGE)
    assert str(told.value) == str(status) and elsewhere.came == []


def test_nobody_there_is_a_fault_of_the_site_that_tells_no_number() -> None:
    with pytest.raises(SiteFault) as told:
        ToAddress(f"http://127.0.0.1:{free_port()}/").deliver(MESSAGE)
    assert "912" not in str(told.value)


def test_who_left_a_number_gets_messages(app: Flask, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    provider = Provider()
    with serving(provider) as url:
        worker = with_gateway(app, url)
        numbers = desk.receive("Một.", sender=HOA)
        desk.answer(*numbers)
        work(worker)
    assert [words["to"] for _headers, words in provider.came] == [TO, TO]
    answered, received = sorted(provider.texts)
    assert answered.startswith("Ý kiến số 1 của ông/bà đã được trả lời. http") and answered.endswith("/tra-cuu/")
    assert received.startswith("Đã tiếp nhận ý kiến góp ý số 1. http") and waiting(desk.session) == []
    assert "912" not in caplog.text and NUMBER not in str(
        [one.payload for one in desk.session.scalars(select(OutboxMessage))]
    )


def test_what_never_arrives_is_told_by_a_person(app: Flask, desk: Desk) -> None:
    provider = Provider(422)
    with serving(provider) as url:
        worker = with_gateway(app, url)
        desk.answer(*desk.receive("Một.", sender=HOA))
        work(worker)
    [call] = waiting(desk.session)
    assert (call.notice, call.why) == ("answered", "refused 422")


def test_what_is_put_off_is_tried_again_and_in_the_end_told_by_a_person(app: Flask, desk: Desk) -> None:
    provider = Provider(503)
    with serving(provider) as url:
        worker = with_gateway(app, url)
        desk.answer(*desk.receive("Một.", sender=HOA))
        for day in range(TRIES + 2):
            work(worker, NOW + timedelta(days=day))
    [call] = waiting(desk.session)
    assert call.why == "put_off" and provider.texts.count(provider.texts[-1]) == TRIES


def test_a_fault_of_the_site_calls_nobody_and_waits_for_its_repair(app: Flask, desk: Desk) -> None:
    provider = Provider(401)
    with serving(provider) as url:
        worker = with_gateway(app, url)
        desk.answer(*desk.receive("Một.", sender=HOA))
        for day in range(TRIES + 2):
            work(worker, NOW + timedelta(days=day))
        assert waiting(desk.session) == []
        provider.status, provider.came = 200, []
        work(worker, NOW + timedelta(days=TRIES + 3))
    assert len(provider.came) == 2


def test_a_number_of_somebody_else_gets_a_few_messages_a_day(app: Flask, desk: Desk) -> None:
    provider, most = Provider(), app.config["MAILS_OF_ADDRESS"]
    with serving(provider) as url:
        worker = with_gateway(app, url)
        for position in range(most + 3):
            desk.receive(f"Ý kiến {position}.", sender=HOA)
        work(worker)
        assert len(provider.came) == most
        desk.answer(1)
        work(worker)
    assert len(provider.came) == most and [call.notice for call in waiting(desk.session)] == ["answered"]


@pytest.mark.parametrize(
    "given",
    [
        "http://sms.example.invalid/",
        "ftp://127.0.0.1/",
        "https://",
        "https://a:b@sms.example.invalid/",
        "sms",
        "https://x:0/",
        "https://x y/",
    ],
)
def test_an_address_that_others_can_read_is_refused_at_the_start(given: str, app: Flask) -> None:
    with pytest.raises(config.Misconfigured) as told:
        mail_settings.check({**app.config, "MESSAGE_URL": given})
    assert "CONSULT_MESSAGE_URL" in told.value.message and "a:b" not in told.value.message


def test_it_is_off_unless_an_address_is_set(app: Flask) -> None:
    assert gateway_of(app.config) is None
    mail_settings.check({**app.config, "MESSAGE_URL": "https://sms.example.invalid/gui"})
    mail_settings.check({**app.config, "MESSAGE_URL": "http://127.0.0.1:8080/gui"})
    with pytest.raises(config.Misconfigured):
        mail_settings.check({**app.config, "ENVIRONMENT": "production", "MESSAGE_URL": "http://127.0.0.1:8080/gui"})
