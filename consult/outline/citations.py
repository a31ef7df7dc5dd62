"""The place of a provision in words: "khoản 3 Điều 12". The words are those of the function `say`, passed in."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import filterfalse
from typing import TypeVar

from consult.outline import paths
from consult.text import folded, one_line

Say = Callable[..., str]
Place = TypeVar("Place")
_D_LETTERS = str.maketrans({"Đ": "đ", "Ð": "đ", "ð": "đ"})
_DIVISIONS = ("part", "chapter", "section", "subsection")


def label(path: str, say: Say) -> str:
    """A provision in the words of the language that `say` speaks: "điểm đ khoản 3 Điều 12a", "point đ, clause 3,
    Article 12a". Smallest first; divisions around an article are left out, as nobody needs them to find it."""
    steps = paths.parse(path)
    if any(step.kind == "article" for step in steps):
        steps = [step for step in steps if step.kind not in _DIVISIONS]
    words = ""
    for step in steps:
        # The first annexed text needs no number; most files have no other.
        kind = "later_body" if step.kind == "body" and step.label != "2" else step.kind
        own = say(f"place.{kind}", label=step.label)
        if step.repeat > 1:
            own = say("place.repeated", place=own, number=step.repeat)
        words = say("place.within", inner=own, outer=words) if words else own
    return words


def keys_of(words: str) -> tuple[str, str]:
    """What words for a place are found by, whatever their accents and case: first with đ as the letter that it is among
    points (a, b, c, d, đ, e), then as it is typed without Vietnamese letters."""
    said = one_line(words)
    decomposed = unicodedata.normalize("NFKD", said.translate(_D_LETTERS))
    return "".join(filterfalse(unicodedata.combining, decomposed)).casefold(), folded(said)


def by_words(named: Iterable[tuple[str, Place]]) -> dict[str, Place]:
    """What each of these words means, by both their keys: without Vietnamese letters only where they are those of one
    place. Point d is never taken for point đ."""
    exact: dict[str, Place] = {}
    plain: dict[str, list[Place]] = {}
    for words, place in named:
        own, bare = keys_of(words)
        if own not in exact:
            exact[own] = place
            plain.setdefault(bare, []).append(place)
    return {key: found[0] for key, found in plain.items() if len(found) == 1} | exact


def meant(words: str, known: Mapping[str, Place]) -> Place | None:
    """What words mean among those that are known; None for none."""
    return next((known[key] for key in keys_of(words) if key in known), None)
