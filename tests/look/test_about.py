"""The pages that say who can use the site and what it is not for."""

import pytest
from flask import Flask, render_template

from tests.html_rules import problems_of


@pytest.mark.parametrize(
    "name", ["accessibility", "contact", "denunciations", "personal_data", "questions", "taking_part", "what"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_whole_in_both_languages(app: Flask, name: str, language: str) -> None:
    with app.test_request_context("/", environ_overrides={"consult.language": language}):
        html = render_template(f"about/{name}.html")
    assert problems_of(html) == []
    assert f'<html lang="{language}">' in html
