"""What nginx refuses by itself is told in both languages, with its limit and the way back to what was typed."""

import re

import pytest

from tests.house.rooms import CHECKOUT
from tests.html_rules import problems_of

CONFIGURATION = (CHECKOUT / "deploy" / "nginx.conf.example").read_text(encoding="utf-8")
PAGES = CHECKOUT / "deploy" / "nginx-pages"
TOLD = {
    int(code): name
    for codes, name in re.findall(r"error_page ([\d ]+) /nginx-pages/([\w-]+\.html);", CONFIGURATION)
    for code in codes.split()
}


@pytest.mark.parametrize("code", [408, 413, 414, 429, 431, 494, 502, 503, 504])
def test_what_nginx_says_by_itself_is_a_page_in_both_languages(code: int) -> None:
    page = (PAGES / TOLD[code]).read_text(encoding="utf-8")
    assert problems_of(page) == []
    assert '<html lang="vi">' in page and '<section lang="en">' in page
    assert "Quay lại" in page and "nội dung đã nhập vẫn còn" in page
    assert "Back" in page and "what you typed is still in the form" in page


def test_the_page_of_what_is_too_large_names_the_limit() -> None:
    [limit] = re.findall(r"client_max_body_size (\d+)m;", CONFIGURATION)
    page = (PAGES / TOLD[413]).read_text(encoding="utf-8")
    assert page.count(f"{limit} MB") == 2


def test_every_page_lies_where_nginx_looks_for_it_and_is_asked_for_by_nobody() -> None:
    [place] = re.findall(r"location \^~ /nginx-pages/ \{([^}]*)\}", CONFIGURATION)
    assert "internal;" in place and "root /opt/consult/deploy;" in place
    assert {path.name for path in PAGES.iterdir()} == set(TOLD.values())


def test_a_machine_that_says_come_again_is_not_taken_for_one_that_fell_out() -> None:
    """nginx leaves a server for a while whose answers of such a kind it passes on; ours says 503 on any busy day."""
    documents = [CHECKOUT / "deploy" / "nginx.conf.example", *(CHECKOUT / "docs").rglob("*.md")]
    told = [line for file in documents for line in file.read_text(encoding="utf-8").splitlines()]
    passed_on = [line for line in told if line.startswith("proxy_next_upstream ")]
    assert passed_on and not [line for line in passed_on if "http_50" in line]
