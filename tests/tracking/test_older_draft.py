"""A further draft appeared since: whoever comes back with both codes reads what became of the clause."""

from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.submissions.receiving.service import receive
from tests.builders import DRAFT, make_consultation, make_publisher
from tests.consultations.revised import revise
from tests.pages import Browser
from tests.submissions.rows import comment, new

ONE_MORE = DRAFT.replace(
    "### Điều 3. Hiệu lực thi hành",
    "### Điều 3. Kinh phí\n\nNgân sách xã chi trả tiền xe.\n\n### Điều 4. Hiệu lực thi hành",
)
NOW_AT = "Điều 3 (bản dự thảo lần 1): trong bản dự thảo lần 2 là Điều 4."


def test_a_sender_is_told_what_became_of_the_clause(app: Flask, app_session: Session, browser: Browser) -> None:
    consultation = make_consultation(app_session, now=now(), slug="phan-loai-rac")
    sent = new(comment("Lùi đến 2028.", "d3"), comment("Chung.", ""), at=now())
    signer, codes = app.extensions["consult.signer"], app.extensions["consult.codes"]
    given = receive(app_session, consultation, sent, now(), signer, codes)
    asking = browser.get(f"/tra-cuu/{given.code}/")
    assert NOW_AT not in asking.submit({"ma_bi_mat": given.secret}, button="Mở").text
    app_session.rollback()
    revise(app_session, consultation, make_publisher(app_session), ONE_MORE, now())
    app_session.commit()
    page = browser.get(asking.address).submit({"ma_bi_mat": given.secret}, button="Mở")
    assert page.text.count("bản dự thảo lần 2 là") == 1 and NOW_AT in page.text
    assert page.find("//main//a[contains(@href, 'du-thao/2/?tai=d4')]")
