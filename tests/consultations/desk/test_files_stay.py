"""A file that was chosen stays with its form while something else in the form is mended."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document
from consult.people.words import Role
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import DRAFT, make_consultation, make_organisation, make_user
from tests.pages import Browser


def test_the_file_of_a_document_need_not_be_chosen_again(app: Flask, browser: Browser, app_session: Session) -> None:
    body = make_organisation(app_session)
    make_consultation(app_session, Stage.DRAFTING, lead=body, slug="dang-soan")
    officer = make_user(app_session, body, [Role.OFFICER])
    app_session.commit()
    sign_in(browser, officer)
    page = browser.get("/xu-ly/dang-soan/chuan-bi/tai-lieu/")
    page = page.submit({"file": (DRAFT.encode(), "to-trinh.txt"), "title": " "}, "Thêm tài liệu", form="title")
    assert page.status == 422 and "không cần chọn lại: to-trinh.txt" in page.text
    page = page.submit({"title": "Tờ trình"}, "Thêm tài liệu", form="title")
    assert page.status == 200, page.text[:300]
    titles = app_session.scalars(select(Document.title)).all()
    assert "Tờ trình" in titles
