"""What the interface says stands in templates and catalogues, in both languages, and nothing slips past escaping."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT, HOUSE, modules, nodes_of, room_of, tree_of
from tests.house.texts import catalogue, codes, template_messages, templates

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
# The grammar of Vietnamese documents, how names and numbers stand in a text, folding, and the demo's content are data
# about Vietnamese, not interface.
ROOMS_ABOUT_VIETNAMESE = {"outline", "text", "demo", "data", "similar", "hints"}
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
ENTRY = re.compile(r'^msgid ((?:".*"\n)+)((?:msg(?:id_plural|str).*\n(?:".*"\n)*)+)', re.MULTILINE)
HEAD = '""\n'


def test_nothing_is_marked_safe_in_a_template() -> None:
    found = [str(path) for path in templates() if UNESCAPED.search(path.read_text(encoding="utf-8"))]
    assert not found, found


def test_markup_is_made_in_one_room_only() -> None:
    one_room = HOUSE / "web" / "markup.py"
    found = [
        f"{path.relative_to(CHECKOUT)}:{node.lineno}"
        for path in modules()
        if path != one_room
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Markup"
    ]
    assert not found, found


def test_python_holds_codes_not_sentences() -> None:
    found = [place for path in modules() if room_of(path) not in ROOMS_ABOUT_VIETNAMESE for place in _vietnamese(path)]
    assert not found, "\n".join(found)


def _vietnamese(path: Path) -> Iterator[str]:
    tree = tree_of(path)
    # A string that stands alone as a statement is a docstring, of whatever.
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in said:
            continue
        if VIETNAMESE.search(node.value):
            yield f"{path.relative_to(CHECKOUT)}:{node.lineno}: {node.value[:60]!r}"


def test_every_text_of_a_template_has_its_english() -> None:
    english = catalogue("en")
    missing = sorted({f"{place}: {text}" for place, text in template_messages() if not english.get(text)})
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_its_sentence(language: str) -> None:
    sentences = catalogue(language)
    missing = sorted({f"{code} ({place})" for place, code in codes() if not sentences.get(code)})
    assert not missing, "\n".join(missing)


def test_both_languages_know_the_same_codes() -> None:
    is_code = re.compile(r"^[a-z_]+(\.[a-z_0-9]+)+$")
    vietnamese, english = ({text for text in catalogue(language) if is_code.match(text)} for language in ("vi", "en"))
    assert vietnamese == english, vietnamese ^ english


def test_a_translation_names_the_values_that_its_original_names() -> None:
    english, vietnamese = catalogue("en"), catalogue("vi")
    # A code has no values in its name: there the Vietnamese sentence is the original.
    originals = {text: vietnamese.get(text, text) for text in english}
    wrong = [
        f"{text!r}: {english[text]!r}"
        for text, original in originals.items()
        if set(PLACEHOLDER.findall(original)) != set(PLACEHOLDER.findall(english[text]))
    ]
    assert not wrong, "\n".join(wrong)


def test_words_outside_the_catalogues_are_not_in_templates() -> None:
    """Text of a page stands inside `_('…')`; a bare Vietnamese word would stay Vietnamese on the English site."""
    call = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
    found = []
    for path in templates():
        if path.suffix != ".html":
            continue
        bare = call.sub("", path.read_text(encoding="utf-8")).replace("Tiếng Việt", "")
        found += [
            f"{path.relative_to(CHECKOUT)}: {line.strip()[:80]}"
            for line in bare.splitlines()
            if VIETNAMESE.search(line)
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_text_says_one_thing_whatever_catalogue_it_stands_in(language: str) -> None:
    """All catalogues of a language are one: of two sentences of one code or text only the last would be said."""
    said: dict[str, set[str]] = {}
    for path in sorted((HOUSE / "translations" / language).glob("*.po")):
        entries = ENTRY.findall(path.read_text(encoding="utf-8"))
        twice = {one for one, times in Counter(message for message, _ in entries).items() if times > 1}
        assert not twice, (path.name, twice)
        for message, words in entries:
            said.setdefault(message, set()).add(words)
    assert not {message: words for message, words in said.items() if message != HEAD and len(words) > 1}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_entries_of_a_catalogue_stand_one_blank_line_apart(language: str) -> None:
    for path in sorted((HOUSE / "translations" / language).glob("*.po")):
        text = path.read_text(encoding="utf-8")
        assert "\n\n\n" not in text and text.endswith('"\n'), path.name
        blocks = text.split("\n\n")
        assert not [block for block in blocks if len(re.findall(r"^msgid ", block, re.MULTILINE)) != 1], path.name
