"""One's own comment in two tabs: the second is told what the first has done."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.submissions.models import CommentVersion
from consult.submissions.receiving.service import receive
from tests.builders import make_consultation
from tests.pages import Browser, Page
from tests.submissions.rows import comment, new


@pytest.fixture
def tabs(app: Flask, app_session: Session, browser: Browser) -> list[Page]:
    """What one sender sent, opened twice."""
    consultation = make_consultation(app_session, now=now(), slug="phan-loai-rac")
    sent = new(comment("Lùi đến 2028.", "d2.k1"), at=now())
    signer, codes = app.extensions["consult.signer"], app.extensions["consult.codes"]
    given = receive(app_session, consultation, sent, now(), signer, codes)
    address = f"/tra-cuu/{given.code}/"
    return [browser.get(address).submit({"ma_bi_mat": given.secret}, button="Mở") for _tab in range(2)]


def test_a_comment_is_changed_as_it_was_shown(app_session: Session, tabs: list[Page]) -> None:
    one, two = tabs
    assert one.submit({"text": "KHÔNG lùi hạn."}, button="Gửi bản sửa").status == 200
    refused = two.submit({"text": "Lùi đến 2030."}, button="Gửi bản sửa")
    assert refused.status == 409
    assert all(words in refused.text for words in ("Lùi đến 2028.", "KHÔNG lùi hạn.", "Lùi đến 2030."))
    taken_back = two.submit({"chac_chan": True}, button="Rút ý kiến")
    assert taken_back.status == 409 and "KHÔNG lùi hạn." in taken_back.text
    said = select(CommentVersion.text).order_by(CommentVersion.version)
    assert list(app_session.scalars(said)) == ["Lùi đến 2028.", "KHÔNG lùi hạn."]
    assert refused.submit({}, button="Đã xem, gửi lại").status == 200
    app_session.rollback()
    assert list(app_session.scalars(said))[-1] == "Lùi đến 2030."


def test_fields_that_only_one_tab_changed_are_taken(app_session: Session, tabs: list[Page]) -> None:
    one, two = tabs
    assert one.submit({"text": "KHÔNG lùi hạn."}, button="Gửi bản sửa").status == 200
    assert two.submit({"reason": "Vì đã chuẩn bị xong."}, button="Gửi bản sửa").status == 200
    app_session.rollback()
    said = select(CommentVersion.text, CommentVersion.reason).order_by(CommentVersion.version.desc())
    assert app_session.execute(said).first() == ("KHÔNG lùi hạn.", "Vì đã chuẩn bị xong.")
