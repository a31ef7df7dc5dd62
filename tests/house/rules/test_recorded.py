"""What a field holds stays chosen though it is offered no more: every list stands on the macro that sees to it, and the
few that are written by hand hold nothing that was stored."""

from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html

from tests.house.rooms import CHECKOUT
from tests.house.texts import templates

MACROS = "components/fields.html"
BY_HAND = {
    "collections/consolidating/points.html": "where chosen points go, asked anew each time",
    "collections/offline/show.html": "a page without a line, which begins empty",
    "consultations/desk/correct.html": "what becomes of a provision, asked anew; of kinds that never end",
    "consultations/desk/outline_many.html": "the same for many",
    "programme/exchanges/index.html": "the quarter of a new exchange",
    "programme/reporting/index.html": "the kind and year of a new report",
    "programme/sightings/index.html": "narrows a list, by kinds that never end",
    "programme/surveys/villages/offline_fields.html": "a page without a line, which begins empty",
    "programme/training/sittings.html": "who a name on the wall is, asked once",
    "responses/desk/passages/words.html": "which passage is put in, asked anew each time",
    "responses/desk/tags/index.html": "into which tag another goes, asked anew each time",
    "search/form.html": "narrows a search; the matter that was asked for is among its choices",
    "tracking/own_comment.html": "a stance, of which all there are stand there",
}
FIELD = "{% from 'components/fields.html' import field %}{{ field('one', 'Một', held, kind, choices, recorded=known) }}"
CHOICES = [("a", "A"), ("b", "B")]


def sent(app: Flask, kind: str, held: Any, choices: Any = CHOICES, **known: str) -> tuple[list[str], list[str]]:
    """What a browser would send of such a field, and the words beside what is chosen."""
    with app.test_request_context("/"):
        page = html.fromstring(render_template_string(FIELD, held=held, kind=kind, choices=choices, known=known))
    options = page.xpath("//option[@selected]") or page.xpath("//option[1]")
    ticked = page.xpath("//input[@checked]")
    labels = {one.get("for"): one.text_content().strip() for one in page.xpath("//label")}
    chosen = options if kind == "select" else ticked
    words = [one.text_content().strip() if kind == "select" else labels[one.get("id")] for one in chosen]
    return [one.get("value") for one in chosen], words


@pytest.mark.parametrize("kind", ["select", "radio"])
def test_what_is_offered_no_more_stays_chosen(app: Flask, kind: str) -> None:
    assert sent(app, kind, "c") == (["c"], ["Như đã ghi, nay không còn trong danh sách"])
    assert sent(app, kind, "c", c="Xã Cũ") == (["c"], ["Xã Cũ (như đã ghi, nay không còn trong danh sách)"])
    assert sent(app, kind, "b", c="Xã Cũ") == (["b"], ["B"])
    assert sent(app, kind, 7, [(7, "Bảy"), (8, "Tám")]) == (["7"], ["Bảy"])
    assert sent(app, kind, 9, iter(CHOICES))[0] == ["9"]


def test_it_is_said_above_a_list_as_a_phone_cuts_its_words_off(app: Flask) -> None:
    with app.test_request_context("/"):
        lists = [render_template_string(FIELD, held=held, kind="select", choices=CHOICES, known={}) for held in "ac"]
    said = 'aria-describedby="hint-one"', "nay không còn trong danh sách; để nguyên"
    assert [[words in one for words in said] for one in lists] == [[False, False], [True, True]]


def test_boxes_that_are_offered_no_more_stay_ticked(app: Flask) -> None:
    assert sent(app, "checkboxes", ["b", "c", "d"], c="Xã Cũ") == (
        ["b", "c", "d"],
        ["B", "Xã Cũ (như đã ghi, nay không còn trong danh sách)", "Như đã ghi, nay không còn trong danh sách"],
    )


@pytest.mark.parametrize("held", ["", None, False, []])
def test_nothing_held_is_no_choice_more(app: Flask, held: Any) -> None:
    assert sent(app, "select", held) == (["a"], ["A"])
    assert sent(app, "radio", held) == sent(app, "checkboxes", held or []) == ([], [])


def test_lists_are_made_by_the_macro() -> None:
    found = {
        str(path.relative_to(CHECKOUT / "templates"))
        for path in templates()
        if "<select" in path.read_text(encoding="utf-8")
    }
    assert found - {MACROS} == set(BY_HAND)
