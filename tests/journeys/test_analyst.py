"""An analyst who reads English alone: what a matter asks, what came of it, and files with a dictionary."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.arriving import asked
from tests.journeys.going import over_a_dead_line, press, stay
from tests.journeys.scene import ASKED, ENGLISH, concluded
from tests.live import PHONE, Visitor
from tests.responses.desk_builder import Desk

pytestmark = pytest.mark.browser
DAY = re.compile(
    r"\b[1-9]\d? (?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d\b"
)
NUMBERS_OF_DAYS = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d{4}-\d{2}-\d{2}\b")
ONE_OF_MANY = re.compile(r"\b1 (?:comments|opinions|days|answers|people|places|results|consultations|joiners)\b")
# The words of a page that no element marks as Vietnamese, and what is told of pictures and fields.
ENGLISH_WORDS = """() => {
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const said = [];
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement;
    if (around.closest('[lang]').lang === 'en' && !around.closest('script, style')) said.push(walk.currentNode.data);
  }
  return said.map((words) => words.trim()).filter(Boolean);
}"""
VIETNAMESE = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


def english_alone(person: Visitor) -> str:
    """Looks at this page as `stay` does; it speaks English, its days are written out and its one is one. Its words."""
    stay(person)
    said = asked(person.page, ENGLISH_WORDS)
    assert not [words for words in said if VIETNAMESE.search(words)], person.page.url
    text = " ".join(said)
    for wrong in (NUMBERS_OF_DAYS, ONE_OF_MANY):
        assert not wrong.search(text), f"{wrong.search(text)} at {person.page.url}"
    leads = person.page.eval_on_selector_all(
        "main a[href^='/']:not([hreflang]), nav a", "all => all.map((one) => one.getAttribute('href'))"
    )
    assert not [one for one in leads if not one.startswith(("/en/", "/static/"))], person.page.url
    return text


@pytest.fixture
def desk(app: Flask, app_session: Session) -> Desk:
    """A matter with its results that is told in English."""
    return concluded(app, app_session)[0]


@pytest.mark.parametrize("javascript", [False, True], ids=["without script", "with script"])
def test_from_the_question_to_the_data(
    visitor: Callable[..., Visitor], desk: Desk, tmp_path: Path, javascript: bool
) -> None:
    person = visitor(javascript=javascript, screen=PHONE)
    page = person.open("/en/")
    by = page.get_by_role
    english_alone(person)
    press(page, by("link", name="Results", exact=True))
    assert ENGLISH.question in english_alone(person)
    over_a_dead_line(person, lambda: press(page, by("link", name=ENGLISH.title)))
    told = english_alone(person)
    assert page.inner_text("h1") == ENGLISH.title
    assert all(words in told for words in (ENGLISH.question, *ENGLISH.text.split("\n\n"))) and DAY.search(told)
    numbers = [one.get_attribute("href") for one in page.locator(".results > ul a").all()]
    for address in numbers:
        page.goto(str(address))
        english_alone(person)
        expect(page.get_by_text(ENGLISH.title).first, f"{page.url} says which matter it is about").to_be_visible()
    page.goto(str(numbers[0]))
    press(page, by("link", name="Comment no. 1", exact=True))
    english_alone(person)
    assert page.get_by_text(ASKED).get_attribute("lang") == "vi"
    press(page, by("link", name="Open data", exact=True))
    english_alone(person)
    _files_with_a_dictionary(page, desk, tmp_path)


def _files_with_a_dictionary(page: Page, desk: Desk, folder: Path) -> None:
    """What each column of a file is called and means stands on the page; programs get English names and codes."""
    rows = list(csv.DictReader(io.StringIO(_taken(page, desk, "vi.csv", folder).decode("utf-8-sig"))))
    page.get_by_text("Names and meanings", exact=True).click()
    dictionary = page.locator("main details[open] dl dt [lang=vi]").all_inner_texts()
    assert dictionary == list(rows[0]) and len(rows) == 5
    coded = json.loads(_taken(page, desk, "json", folder))["comments"]
    assert [one["number"] for one in coded] == [1, 2, 3, 4, 5]
    table = list(csv.DictReader(io.StringIO(_taken(page, desk, "csv", folder).decode("utf-8-sig"))))
    assert table[0]["disposition"] == "accepted" and table[0]["text"] == ASKED


def _taken(page: Page, desk: Desk, suffix: str, folder: Path) -> bytes:
    with page.expect_download() as saved:
        page.locator(f"main a[href$='{desk.matter.slug}/tong-hop.{suffix}']").click()
    saved.value.save_as(folder / suffix)
    return (folder / suffix).read_bytes()
