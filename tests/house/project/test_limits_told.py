"""Who is refused for too much is told how much there may be."""

import re

import pytest

from tests.house.texts import catalogue

TOO_MUCH = re.compile(r"(?:error|outline|pages_failed)\.\w*(?:too_large|too_many_(?:pages|pixels|characters)|bomb)\w*")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refusal_of_a_file_names_its_limit(language: str) -> None:
    said = {code: words for code, words in catalogue(language).items() if TOO_MUCH.fullmatch(code)}
    assert len(said) > 10
    assert [code for code, words in said.items() if not re.search(r"\d|%\(", words)] == []
