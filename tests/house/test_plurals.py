"""One comment and two comments: whatever English counts has a form for one and a form for more."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from consult.catalogues import sentence
from tests.house.rooms import HOUSE
from tests.house.texts import extracted, templates

# Something that is filled in, and soon after it a word that looks like more than one of a thing.
MANY = re.compile(r"%\((\w+)\)[sd] (?:[a-z-]+ ){0,2}?([a-z]+s|people|children)\b")
VERBS = frozenset(
    {"is", "was", "has", "does", "holds", "exists", "lies", "names", "follows", "ends", "stands", "differs", "says"}
    | {"corresponds", "bears", "awaits", "waits", "leads", "agrees", "begins", "answers", "commits", "publishes"}
)
NAMES = frozenset({"folder", "slug", "name", "place", "megapixels"})
# Words that are the same for one and for more.
ALIKE = {"%(num)s lượt cùng ý kiến"}


def english() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every message with its forms: one where it has no other for more."""
    for path in sorted((HOUSE / "translations" / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en", abort_invalid=True):
                if message.id:
                    plural = isinstance(message.id, tuple | list)
                    yield (message.id[0], tuple(message.string)) if plural else (message.id, (message.string,))


FORMS = dict(english())
COUNTED = {text: forms for text, forms in FORMS.items() if len(forms) == 2}


def counts(said: str) -> bool:
    """Whether a sentence counts something, or names comments by their numbers."""
    return "%(numbers)s" in said or any(word not in VERBS and name not in NAMES for name, word in MANY.findall(said))


def test_what_counts_has_a_form_for_one_and_a_form_for_more() -> None:
    wrong = [f"{text!r}: {forms[0]!r}" for text, forms in FORMS.items() if len(forms) == 1 and counts(forms[0])]
    assert not wrong, "\n".join(wrong)


def test_whatever_a_template_counts_by_itself_is_counted_in_english() -> None:
    wrong = [f"{place}: {one}" for place, (one, *more) in extracted() if more and one not in COUNTED]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("text", sorted(COUNTED))
def test_the_right_form_is_said_of_none_one_and_two(text: str) -> None:
    one, more = COUNTED[text]
    assert (one == more) == (text in ALIKE)
    names = set(re.findall(r"%\((\w+)\)[sd]", more))
    by_number = [name for name in re.findall(r"%\((\w+)\)[sd]", more) if name not in {"name", "first", "last"}]
    for number, said in ((0, more), (1, one), (2, more)):
        given: dict[str, object] = dict.fromkeys(names, "x")
        given |= dict.fromkeys(by_number, number)
        assert sentence("en", text, given) == said
    if "numbers" in names:
        assert sentence("en", text, {"numbers": "7"}) == one and sentence("en", text, {"numbers": "7, 12"}) == more


def test_without_a_number_it_speaks_of_more() -> None:
    assert sentence("en", "time.days_left", {"days": "1,000"}) == "%(days)s days left"
    assert sentence("vi", "time.days_left", {"days": 1}) == "còn %(days)s ngày"


@pytest.mark.parametrize("path", [one for one in templates() if one.parent.name == "en"], ids=lambda path: path.name)
def test_a_mail_speaks_of_one_comment_and_of_several(path: Path) -> None:
    """What names comments by all their numbers has a form for one and a form for more."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if "numbers | join" in line and "set " not in line:
            assert "numbers | length > 1" in line, line
        assert not re.search(r"omment no\. \{\{ (?:which|numbers|into)", line), line
