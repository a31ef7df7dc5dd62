"""Titles tell pages apart: in a list of tabs, and for who hears nothing else of a page that opens."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.files import uploaded_files
from consult.consultations.files.pdf_pages import PdfReader
from consult.people.words import Role
from tests.builders import make_actor, make_consultation
from tests.consultations.revised import revise
from tests.pages import Browser
from tests.pdfs import words_pdf


def apart(browser: Browser, matter: str, places: list[str]) -> bool:
    """Whether no two of these pages of a matter have one title."""
    titles = [browser.get(f"/lay-y-kien/{matter}/{place}").title for place in places]
    return len(set(titles)) == len(places)


@pytest.mark.parametrize("language", ["", "/en"])
def test_of_two_drafts(app_session: Session, browser: Browser, language: str) -> None:
    matter = make_consultation(app_session, now=clock.now())
    actor = make_actor(app_session, matter.lead, Role.PUBLISHER)
    revise(app_session, matter, actor, now=clock.now())
    app_session.commit()
    drafts = [f"du-thao/{number}/{rest}" for number in (1, 2) for rest in ("", "?trang=tat-ca", "dieu-khoan/d1/")]
    lists = ["y-kien/", "y-kien/?tai=du-thao/2/d1", "y-kien/?tai=du-thao/2/d2", "du-thao/2/so-voi/1/"]
    assert apart(browser, matter.slug, drafts + lists)


def test_of_the_pages_of_a_report(app: Flask, app_session: Session, browser: Browser) -> None:
    files = app.extensions["consult.files"]
    upload = uploaded_files.read_upload(words_pdf(["Một", "Hai"]), "dtm.pdf", files, PdfReader())
    matter = make_consultation(app_session, now=clock.now(), upload=upload)
    pages = [f"tai-lieu/1/1/trang/{number}" for number in (1, 2)]
    forms = ["gop-y/", *(f"gop-y/?tai={page}" for page in pages), f"gop-y/?tai={pages[0]}/khung/0-0-500-500"]
    assert apart(browser, matter.slug, ["", "du-thao/1/", *(f"{page}/" for page in pages), *forms])
