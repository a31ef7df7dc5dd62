"""No look-up code is left in a log, however the address was written."""

import logging

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult.web.log_masking import Masked, mask
from tests.pages import Browser

CODE = "012-345-678-901-234-567"


@pytest.mark.parametrize(
    "line",
    [
        f"GET /tra-cuu/{CODE}/ HTTP/1.1",
        f"Exception on /en/tra-cuu/{CODE}/sua/ [POST]",
        f'"GET /tra-cuu/?ma={CODE}&x=1" 303',
        f"GET /api/v1/status/{CODE}",
        f"/tra-cuu%2F{CODE}",
        f"POST /en/phan-anh/xong-chua/{CODE}/ HTTP/1.1",
        f"GET /thu-thap/phieu/{CODE}/ HTTP/1.1",
        f"POST /tap-huan/vao/{CODE}/ HTTP/1.1",
        f"POST /en/dang-nhap/loi-moi/{CODE}/ HTTP/1.1",
    ],
)
def test_codes_become_stars(line: str) -> None:
    assert CODE not in mask(line) and mask(line).count("***") == 1
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", (line,), None)
    assert Masked().filter(record) and CODE not in record.getMessage()


def test_other_lines_are_left_alone() -> None:
    assert mask("GET /lay-y-kien/phan-loai/tra-cuu") == "GET /lay-y-kien/phan-loai/tra-cuu"


def test_a_fault_of_ours_is_logged_without_the_code(
    app: Flask, app_session: Session, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app_session.execute(text("DROP TABLE submission"))
    app_session.commit()
    well_formed = next(f"{number:018d}" for number in range(10**17, 10**17 + 97) if number % 97 == 1)
    answer = browser.client.get(f"/tra-cuu/{well_formed}/")
    assert answer.status_code == 500 and caplog.records
    assert well_formed not in "".join(
        record.getMessage() for record in caplog.records if record.name == app.logger.name
    )


def test_a_statement_that_fails_does_not_tell_its_values(app_session: Session) -> None:
    with pytest.raises(OperationalError) as failed:
        app_session.execute(text("SELECT * FROM nowhere WHERE contact = :contact"), {"contact": "0912345678"})
    assert "0912345678" not in str(failed.value)
