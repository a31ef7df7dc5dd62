"""The figures of quarters as the API gives them: those of the files, and every breakdown adds up."""

import csv
import io
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.responses.figures import span
from consult.stages import Stage
from tests.api.conftest import Ask
from tests.builders import make_consultation
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk
from tests.statements import statements_of


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter of today with two comments, of which one is answered, and a letter of a body."""
    desk = make_desk(app_session, Stage.RESPONDING, now=clock.now(), disclosure=Disclosure.AT_ONCE)
    first, _second = desk.receive("Một.", "Hai.")
    desk.answer(first)
    return desk


def now_on() -> str:
    """The quarter that lasts."""
    return span.code(*span.quarter_of(clock.local_day(clock.now())))


def numbers(figures: dict[str, Any]) -> Counter[str]:
    """All numbers of some figures by the names that the files have for them."""
    told = Counter(figures["consultations"])
    told.update({f"opinions.{code}": number for code, number in figures["opinions"]["by_sender"].items()})
    told.update({f"answers.{code}": number for code, number in figures["answers"]["by_disposition"].items()})
    told.update({"opinions": figures["opinions"]["total"], "answers": figures["answers"]["total"], **figures["terms"]})
    told.update({code: figures[code] for code in ("letters", "critiques", "joiners")})
    return +told


def test_the_quarters_begin_with_the_first_public_matter(ask: Ask, desk: Desk) -> None:
    assert desk.matter.published_at is not None
    first = span.code(*span.quarter_of(clock.local_day(desk.matter.published_at)))
    found = ask("/quarters")["quarters"]
    assert (found[0], found[-1]) == (now_on(), first)


def test_every_breakdown_adds_up(ask: Ask, desk: Desk) -> None:
    told = ask(f"/quarters/{now_on()}")
    total = numbers(told["total"])
    assert total["opinions"] == 2 and total["answers"] == 1 and total["opinions.citizen"] == 2
    for parts in (told["bodies"], told["consultations"]):
        added: Counter[str] = sum((numbers(one["figures"]) for one in parts), Counter())
        assert added == total
    assert sum(told["total"]["opinions"]["by_sender"].values()) == told["total"]["opinions"]["total"]
    assert [one["slug"] for one in told["consultations"]] == [desk.matter.slug]


def test_the_numbers_are_those_of_the_file(ask: Ask, desk: Desk, browser: Browser) -> None:
    assert desk
    told = ask(f"/quarters/{now_on()}")
    file = browser.client.get(f"/du-lieu/theo-quy/{now_on()}.csv").data.decode("utf-8-sig")
    rows = [one for one in csv.DictReader(io.StringIO(file)) if one["scope"] == "all"]
    assert {(one["since"], one["until"], one["as_of"]) for one in rows} == {
        (told["since"], told["until"], told["as_of"])
    }
    named = {"opinions": "opinions.", "answers": "answers."}
    of_file: Counter[str] = Counter()
    for one in rows:
        whole = one["breakdown"] if one["what"] == "total" else named.get(one["breakdown"], "") + one["what"]
        of_file[whole] += int(one["number"])
    assert +of_file == numbers(told["total"])


def test_what_is_not_public_yet_is_not_in_it(ask: Ask, app_session: Session) -> None:
    make_consultation(app_session, Stage.DRAFTING, now=clock.now())
    told = ask(f"/quarters/{now_on()}")
    assert told["consultations"] == [] and numbers(told["total"]) == Counter()


@pytest.mark.parametrize("quarter", ["1999-q1", "2199-q4", "2026", "x", "2026-q5"])
def test_a_quarter_without_a_public_matter_is_none(ask: Ask, desk: Desk, quarter: str) -> None:
    assert desk and ask(f"/quarters/{quarter}", 404)["reason"]


def test_statements_do_not_grow_with_comments(app: Flask, ask: Ask, desk: Desk) -> None:
    assert app
    ask(f"/quarters/{now_on()}")
    desk.receive("Ba.")
    with statements_of(desk.session) as few:
        ask(f"/quarters/{now_on()}")
    desk.receive(*(f"Ý kiến thứ {number}." for number in range(4, 30)))
    with statements_of(desk.session) as many:
        ask(f"/quarters/{now_on()}")
    assert len(many) == len(few)
