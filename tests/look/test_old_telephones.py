"""The style sheets in browsers of 2018 (Chromium 64, Safari 12): a rule they cannot read is dropped whole, and a value
they do not know leaves the one before it in place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

SHEETS = sorted((CHECKOUT / "static" / "css").glob("*.css"))

KNOWN_PSEUDO = frozenset(
    {"active", "after", "before", "checked", "disabled", "empty", "first-child", "focus", "hover", "last-child",
     "link", "not", "nth-child", "only-child", "required", "root", "target", "visited"}
)  # fmt: skip
LATER_PROPERTIES = re.compile(
    r"^(inset|gap|row-gap|column-gap|aspect-ratio|translate|rotate|scale|contain.*|place-.*)$"
)
LATER_FUNCTIONS = re.compile(r"\b(min|max|clamp|env|color-mix|light-dark)\(")
LATER_UNITS = re.compile(r"\d(dvh|svh|lvh|cqw|lh)\b")
KNOWN_AT = frozenset({"media", "page", "font-face"})
HIDES = re.compile(r"(display:\s*none|visibility:\s*hidden|opacity:\s*0\b|clip-path:(?!\s*none)|left:\s*-|top:\s*-)")

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def without_comments(sheet: Path) -> str:
    """The text of a style sheet that counts."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


def rules(text: str) -> Iterator[tuple[str, str]]:
    """Every selector with its declarations, whatever it stands in."""
    for selector, declarations in RULE.findall(text):
        yield " ".join(selector.split()), declarations


def unknown(selector: str) -> list[str]:
    """What of a selector an old browser cannot read."""
    pseudo = [name for name in re.findall(r"::?([a-z-]+)", selector) if name not in KNOWN_PSEUDO]
    lists = re.findall(r":not\([^()]*,[^()]*\)", selector)
    return pseudo + lists


def faults(text: str) -> list[str]:
    """What in a style sheet would not work there."""
    found = [f"@{name}" for name in re.findall(r"@([a-z-]+)", text) if name not in KNOWN_AT]
    for selector, declarations in rules(text):
        if unknown(selector) and ("," in re.sub(r"\([^()]*\)", "", selector) or HIDES.search(declarations)):
            found.append(f"{selector}: hides, or takes along what is known, by {unknown(selector)}")
        found += [f"{selector}: {fault}" for fault in later_values(declarations)]
    return found


def later_values(declarations: str) -> Iterator[str]:
    """Declarations that came later, and have nothing before them that stands in for them."""
    before: set[str] = set()
    for declaration in filter(str.strip, declarations.split(";")):
        name, _colon, value = (part.strip() for part in declaration.partition(":"))
        later = LATER_FUNCTIONS.search(value) or LATER_UNITS.search(value)
        if LATER_PROPERTIES.match(name) or (later and name not in before):
            yield declaration.strip()
        before.add(name)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_old_browsers_read_the_style(sheet: Path) -> None:
    assert not faults(without_comments(sheet))


@pytest.mark.parametrize(
    "text",
    [
        "@layer base { p { margin: 0 } }",
        ".a:is(.b, .c) { display: none }",
        ".trap:where(.b) { display: none }",
        ".known, .a:has(b) { color: red }",
        "p:not(.a, .b) { opacity: 0 }",
        ".a { display: flex; gap: 1rem }",
        ".a { width: min(1rem, 5%) }",
        ".a { inset: 0 }",
    ],
)
def test_what_they_cannot_read_is_found(text: str) -> None:
    assert faults(text)


def test_what_has_something_in_its_place_is_allowed() -> None:
    assert not faults(".a { width: 70%; width: min(70%, 26rem) } .b:has(c) { color: red } .d { grid-gap: 0 }")


@pytest.mark.parametrize("name", ["submissions/form/who.html", "submissions/joining/join.html"])
def test_what_people_must_not_see_is_hidden_by_its_attribute(name: str) -> None:
    page = (CHECKOUT / "templates" / name).read_text(encoding="utf-8")
    trap = page.partition("field('website'")[0].rpartition("<div")[2]
    assert "' hidden'" in trap
