"""How many guesses a password would take: the lists and patterns of `zxcvbn`, and what people here choose.

A password written with accents is tried without them too, and without spaces and signs: "Công đoàn 2026" is no better
than "congdoan2026". Nothing is asked of what kinds of signs a password is made of.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from zxcvbn.matching import RANKED_DICTIONARIES, omnimatch
from zxcvbn.scoring import most_guessable_match_sequence

from consult.data import reference_rows
from consult.people.areas import without_kind
from consult.text import folded

WORDS = reference_rows.FOLDER / "password_words.txt"

ENOUGH = 10**9
"""Guesses that a password must be worth: years for whoever tries at the door, where tries are few and counted."""

LOOKED_AT = 72
"""Letters that are looked at; the work grows with their square, and nobody needs more to be safe."""

LOOKED_AT_OF_SIGNS = 24
STAND_FOR_LETTERS = frozenset("012345678+!@#$%|()[]{}<")
MANY = 5
"""Where many different signs may each stand for a letter, every choice is tried: fewer letters are looked at."""

YEARS = range(1940, 2041)
ORDINARY_NUMBER = re.compile(r"[0-9\s.+-]{1,17}")
"""A telephone, an identity card or a date: what stands in lists, however many digits it has."""

WHY = (
    ("own", "password_of_own_name"),
    ("here", "password_common"),
    ("spatial", "password_run"),
    ("sequence", "password_run"),
    ("repeat", "password_run"),
    ("dictionary", "password_common"),
)
"""The reasons in the order in which they are told, by what was found in the password."""


def weakness(password: str, known: Iterable[str]) -> str | None:
    """Why `password` is too easy to guess, as a code; None when it is not. `known` are names of its owner, of their
    organisations and of the site. Takes some hundredths of a second: call it before any lock."""
    if ORDINARY_NUMBER.fullmatch(password):
        return "password_number"
    dictionaries = {**_dictionaries(), "own": _ranked(_parts(known))}
    for written in _written(password):
        found = most_guessable_match_sequence(written, omnimatch(written, dictionaries))
        if found["guesses"] < ENOUGH:
            return _why(found["sequence"])
    return None


def _written(password: str) -> list[str]:
    """The password as typed, without accents, and without what stands between its words."""
    bare = folded(password)
    ways = (password.lower(), bare, re.sub(r"[\W_]+", "", bare))
    many = len(STAND_FOR_LETTERS & set(password)) > MANY
    return list(dict.fromkeys(way[: LOOKED_AT_OF_SIGNS if many else LOOKED_AT] for way in ways if way))


def _why(sequence: Sequence[dict[str, Any]]) -> str:
    found = {part["pattern"] for part in sequence} | {part.get("dictionary_name", "") for part in sequence}
    return next((code for sign, code in WHY if sign in found), "password_too_easy")


def _parts(names: Iterable[str]) -> list[str]:
    """The words in names, each alone, in pairs, all together, and their first letters."""
    parts: dict[str, None] = {}
    for name in names:
        words = re.findall(r"[^\W_]+", folded(name))
        pairs = [first + second for first, second in zip(words, words[1:], strict=False)]
        for part in (*words, *pairs, "".join(words), "".join(word[0] for word in words)):
            if len(part) > 2:
                parts[part] = None
    return list(parts)


@cache
def _dictionaries() -> dict[str, dict[str, int]]:
    words = [line for line in WORDS.read_text(encoding="utf-8").split() if line.isascii() and line.isalnum()]
    years = [str(year) for year in reversed(YEARS)]
    return {**RANKED_DICTIONARIES, "here": _ranked([*words, *years, *_bodies(), *_places()])}


def _bodies() -> list[str]:
    """What the bodies of every province are called, whole and by any two to four words of it."""
    runs = []
    for body in reference_rows.read("organisations.json")["organisations"]:
        words = re.findall(r"[^\W_]+", folded(body["name"]))
        spans = [(begin, begin + length) for begin in range(len(words)) for length in (2, 3, 4)]
        runs += ["".join(words), *("".join(words[begin:end]) for begin, end in spans if end <= len(words))]
    return runs


def _places() -> list[str]:
    names = [area["name"] for area in reference_rows.read("areas.json")["areas"]]
    return ["".join(without_kind(folded(name)).split()) for name in names]


def _ranked(words: Iterable[str]) -> dict[str, int]:
    return {word: place for place, word in enumerate(dict.fromkeys(words), start=1)}
