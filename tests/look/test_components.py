"""The components keep to the rules for pages, give back what was typed, and let nothing out unescaped."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.html_parsing import parse
from tests.html_rules import problems_of, words_of
from tests.look.rendering import page

HOSTILE = "\"><script>alert('x')</script> & %(x)s"
NOW = datetime(2027, 3, 15, 3, 35, tzinfo=UTC)
TICKET = "<form method='post' action='/'><input type='hidden' name='ticket' value='t'>"
CARD = {
    "title": HOSTILE,
    "url": "/lay-y-kien/x/",
    "stage": "open",
    "lead": "Sở Nông nghiệp và Môi trường",
    "kind": "plan",
    "sector": "Môi trường",
    "opens": datetime(2027, 2, 19, 17, tzinfo=UTC),
    "closes": datetime(2027, 3, 21, 17, tzinfo=UTC),
    "received": 5,
}
ROWS = [{"id": 1, "check_label": "Chọn ý kiến số 1", "text": HOSTILE, "url": "/1"}, {"id": 2, "text": "", "locked": 1}]
COLUMNS = [{"key": "text", "label": "Ý kiến", "href": "url"}]
PIECES = {
    "text": "{{ field('a.0', hostile, hostile, hint=hostile, error='required', maxlength=9, autocomplete='name') }}",
    "textarea": "{{ field('a', hostile, hostile, 'textarea', error='required', maxlength=900) }}",
    "select": "{{ field('a', hostile, hostile, 'select', choices=[(hostile, hostile), ('b', 'B')]) }}",
    "radio": "{{ field('a', hostile, 'b', 'radio', choices=[('b', hostile, hostile), ('c', 'C')], error='required') }}",
    "checkboxes": "{{ field('a', 'A', ['b'], 'checkboxes', choices=[('b', hostile), ('c', 'C')]) }}",
    "checkbox": "{{ field('a', hostile, '1', 'checkbox', error='required', hint=hostile) }}",
    "file": "{{ field('a', hostile, kind='file', most='scan', attributes={'accept': hostile}) }}",
    "summary of errors": "{{ error_summary({'a': 'required'}, {'a': hostile}) }}{{ field('a', hostile) }}",
    "notice": "{{ notice(hostile, 'done', hostile) }}{{ empty_state(hostile, '/', hostile) }}",
    "ways": "{{ breadcrumb([(hostile, '/'), (hostile, '')]) }}{{ pager('/a', '/b', hostile) }}"
    "{{ tabs([{'label': hostile, 'url': '/', 'current': true, 'count': 0}], hostile) }}",
    "filters": "{% call filter_bar('/', '/') %}{{ field('q', hostile, hostile, 'search') }}{% endcall %}",
    "card": "{{ card(item, now) }}",
    "tables": "{{ data_table(hostile, columns, rows) }}{{ data_table(hostile, columns, []) }}" + TICKET + ""
    "{{ check_table('c', hostile, columns, rows, [1]) }}{{ button(hostile, 'main', 'act', hostile) }}</form>",
    "facts": "{{ definition_list([(hostile, hostile, '/x'), (hostile, none), ('B', '')]) }}",
    "figures": "{{ partition(hostile, 3, [{'label': hostile, 'count': 3, 'url': '/'}, {'label': 'B', 'count': 0}]) }}"
    "{{ partition('A', 0, []) }}{{ progress_bar(hostile, 0, 0) }}{{ progress_bar(hostile, 1, 3) }}",
    "way": "{{ timeline([{'label': hostile, 'state': 'past', 'at': now, 'by': hostile},"
    " {'label': 'B', 'state': 'next'}]) }}",
    "quote": "{{ anchor_quote(hostile, hostile * 40, '/x', hostile) }}{{ anchor_quote(hostile, hostile) }}",
}


def drawn(app: Flask, main: str, address: str = "/", **values: Any) -> Any:
    """The parsed page around a piece."""
    return parse(page(app, main, address, **values))[0]


@pytest.mark.parametrize("address", ["/", "/en/"])
@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_a_component_keeps_to_the_rules_and_escapes(app: Flask, piece: str, address: str) -> None:
    html = page(app, piece, address, hostile=HOSTILE, item=CARD, now=NOW, rows=ROWS, columns=COLUMNS)
    assert problems_of(html) == []
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("typed", ["\ndòng đầu trống", "  thụt vào", "</textarea><b>x", "a\r\nb"])
def test_a_text_comes_back_as_it_was_typed(app: Flask, typed: str) -> None:
    area = drawn(app, "{{ field('a', 'A', typed, 'textarea') }}", typed=typed).xpath("//textarea")[0]
    assert area.text == typed.replace("\r\n", "\n")


def test_a_chosen_choice_stays_chosen(app: Flask) -> None:
    choices = [("1", "Một"), ("2", "Hai")]
    for kind in ("radio", "select"):
        root = drawn(app, "{{ field('a', 'A', 2, kind, choices=choices) }}", kind=kind, choices=choices)
        assert root.xpath("//*[@checked or @selected]/@value") == ["2"]


def test_the_summary_of_errors_leads_to_the_fields(app: Flask) -> None:
    errors = {"text": "required", "stance": "not_a_choice"}
    root = drawn(
        app,
        "{{ error_summary(errors) }}{{ field('text', 'A', kind='textarea', error=errors.text) }}"
        "{{ field('stance', 'B', kind='radio', choices=[('b', 'B'), ('c', 'C')], error=errors.stance) }}",
        errors=errors,
    )
    for link in root.xpath("//*[@role = 'alert']//a/@href"):
        control = root.xpath("//*[@id = $id]", id=link[1:])[0]
        assert control.tag in {"input", "textarea"}
    assert root.xpath("//textarea/@aria-invalid") == ["true"]
    assert root.xpath("//fieldset/@aria-describedby") == ["error-stance"]


def test_the_parts_of_a_sum_fill_its_bar(app: Flask) -> None:
    terms = [{"label": "A", "count": 1}, {"label": "B", "count": 0}, {"label": "C", "count": 6}]
    root = drawn(app, "{{ partition('Tổng', 7, terms) }}", terms=terms)
    bars = root.xpath("//figure//caption/*[local-name() = 'svg']/*")
    assert len(bars) == 2
    assert sum(float(bar.get("width")) for bar in bars) == pytest.approx(1000, abs=0.2)
    # Of what there is none, nothing is said.
    assert [words_of(cell) for cell in root.xpath("//figure//td")] == ["1", "6", "7"]


def test_the_dash_of_a_paragraph_names_no_place(app: Flask) -> None:
    dashed = {"kind": "paragraph", "label": "1", "marker": "-"}
    source = "{% from 'components/place.html' import place_name %}<p id='a'>{{ place_name(one, 'khoản 2 Điều 3') }}</p>"
    assert words_of(drawn(app, source, one=dashed).xpath("//p[@id='a']")[0]) == "khoản 2 Điều 3"


def test_a_public_page_carries_nothing_of_anybody(app: Flask) -> None:
    answer = app.test_client().get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers
    assert "csrf" not in answer.get_data(as_text=True)
