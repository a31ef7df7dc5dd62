"""What is settled when a template is compiled says what would be said when the page is made."""

import pytest
from flask import Flask

from consult import catalogues

SENTENCES = {
    "{{ _('Tất cả') }}": ("Tất cả", "All"),
    "{{ _('Ý kiến về %(place)s', place=place) }}": ("Ý kiến về &lt;b&gt;", "Comments on &lt;b&gt;"),
    "{{ ngettext('%(num)s ý kiến', '%(num)s ý kiến', 1) }}": ("1 ý kiến", "1 comment"),
    "{{ ngettext('%(num)s ý kiến', '%(num)s ý kiến', 2) }}": ("2 ý kiến", "2 comments"),
    "{{ say('position.support') }}": ("đồng ý", "agree"),
    "<p{{ in_vietnamese() }}>": ("<p>", '<p lang="vi">'),
    "<p{{ in_page_language() }}>": ("<p>", '<p lang="en">'),
    "{{ _('Tất cả') ~ place }}": ("Tất cả&lt;b&gt;", "All&lt;b&gt;"),
}


def said(app: Flask, template: str, language: str) -> str:
    """The template's page for a request in this language."""
    environ = {"consult.language": language}
    with app.test_request_context("/", environ_overrides=environ):
        environment = app.jinja_env if language == "vi" else app.jinja_env._speaking(language)  # type: ignore[attr-defined]
        return str(environment.from_string(template).render(place="<b>"))


@pytest.mark.parametrize("template", SENTENCES)
def test_a_sentence_is_said_in_the_language_of_its_page(app: Flask, template: str) -> None:
    assert (said(app, template, "vi"), said(app, template, "en")) == SENTENCES[template]


def test_a_sentence_with_a_form_for_one_is_chosen_by_its_number(app: Flask) -> None:
    text, forms = next(iter(catalogues._forms("en").items()))
    name = catalogues._FILLED.findall(forms[1])[0]
    others = {one: "x" for form in forms for one in catalogues._FILLED.findall(form)}
    template = "{{ _(%r, %s) }}"
    for number, form in ((1, forms[0]), (3, forms[1])):
        given = others | {name: number}
        written = ", ".join(f"{key}={value!r}" for key, value in given.items())
        assert said(app, template % (text, written), "en") == form % given


def test_what_a_refusal_names_is_filled_when_it_is_said(app: Flask) -> None:
    code = next(key for key in catalogues.translations("vi")._catalog if str(key).startswith("error.") and "%(" in
                str(catalogues.translations("vi")._catalog[key]))  # fmt: skip
    assert "%(" not in said(app, f"{{{{ say('{code}') }}}}", "vi")
