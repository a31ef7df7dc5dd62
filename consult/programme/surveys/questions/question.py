"""A question of a survey: what may be answered, and what an answer counts in the index."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from consult.programme.surveys.words import QuestionKind
from consult.text import folded, one_line, searched, stored

LONGEST_TEXT = 2_000
LONGEST_NUMBER = 9
"""Digits."""
WITH_CHOICES = frozenset({QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE, QuestionKind.LIKERT})
COUNTED = frozenset({QuestionKind.LIKERT, QuestionKind.RANGE})
SATISFIED = 75
"""From so many of 100 points on somebody is satisfied: 4 and 5 of 5."""
UNKNOWING = re.compile(
    r"\b(khong biet|chua biet|khong ro(?! rang)|khong (?:co )?y kien|khong (?:muon )?(?:tra loi|danh gia)"
    r"|khong ap dung|kho (?:noi|tra loi|danh gia)|tu choi|do not know|don.?t know|no (?:answer|opinion)"
    r"|not (?:applicable|sure)|unsure|prefer not|refused|n/a)\b"
)
"""Words without accents of a choice that is no point, whatever its code."""
Said = str | int | list[str]


class NotAnswered(ValueError):
    """What was typed is no answer to the question; the message is the code of the reason."""


@dataclass(frozen=True)
class Question:
    """`name` is that of its column; `choices` are pairs of code and words; a range goes from `low` to `high`. The
    points of a likert question are those codes of its choices that are whole numbers one after another: another choice,
    such as 99 or one that says "I do not know", is an answer that counts nowhere."""

    name: str
    kind: QuestionKind
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 1
    high: int = 5

    @property
    def counted(self) -> bool:
        """Whether it counts in the index."""
        return self.kind in COUNTED

    @cached_property
    def points(self) -> tuple[int, ...]:
        """The points of its scale in order; nothing for a question that does not count. Every answer is held against
        them, so the words of its choices are looked through once."""
        if self.kind is QuestionKind.RANGE:
            return tuple(range(self.low, self.high + 1))
        return _run(self.choices) if self.kind is QuestionKind.LIKERT else ()

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """What can be ticked, pairs of code and words; nothing where something is typed."""
        return self.choices or tuple((str(point), str(point)) for point in self.points)

    @property
    def mark(self) -> str:
        """The hex SHA-256 of its wording and scale: two years can be compared where it is the same."""
        wording = [self.kind.value, self.label, [list(one) for one in self.choices], self.low, self.high]
        return sha256(json.dumps(wording, ensure_ascii=False).encode()).hexdigest()

    def score(self, said: Said | None) -> float | None:
        """An answer on a scale from 0 to 100; None without one, and for one that is no point."""
        if said is None or isinstance(said, list) or not self.counted or not _whole(str(said)):
            return None
        point, points = int(said), self.points
        return (point - points[0]) / (points[-1] - points[0]) * 100 if point in points else None

    def read(self, typed: str) -> Said | None:
        """What was typed as it is kept; None for nothing. Choices are named by code or by their words, several by codes
        with blanks or commas between them. Raises NotAnswered: `not_a_choice`, `not_a_number`, `too_long`."""
        words = stored(typed).strip()
        if not words:
            return None
        if self.kind is QuestionKind.TEXT:
            return _bounded(words)
        if self.kind is QuestionKind.SELECT_MULTIPLE:
            return sorted({self._choice(word) for word in words.replace(",", " ").split()})
        if self.kind in WITH_CHOICES:
            return self._choice(words)
        return self._number(words)

    def told(self, said: Said | None) -> str:
        """An answer in words; empty for none."""
        if said is None:
            return ""
        words = dict(self.choices)
        return ", ".join(words.get(str(one), str(one)) for one in (said if isinstance(said, list) else [said]))

    def _choice(self, words: str) -> str:
        found = self._codes.get(one_line(words).casefold()) or self._alike(words)
        if found is None:
            raise NotAnswered("not_a_choice")
        return found

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The codes by what may be typed for them: the words of choices, and the codes themselves before these."""
        by_words = {one_line(said).casefold(): code for code, said in self.choices}
        return by_words | {code.casefold(): code for code, _said in self.choices}

    def _alike(self, words: str) -> str | None:
        """The only choice whose words are these without accents; none where several are."""
        alike = [code for code, said in self.choices if folded(said) == folded(words)]
        return alike[0] if len(alike) == 1 else None

    def _number(self, words: str) -> int:
        digits = words.removeprefix("-").removesuffix(".0")
        if not _whole(digits) or len(digits) > LONGEST_NUMBER:
            raise NotAnswered("not_a_number")
        number = int(digits) * (-1 if words.startswith("-") else 1)
        if self.kind is QuestionKind.RANGE and number not in self.points:
            raise NotAnswered("not_a_choice")
        return number


def written(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Questions as they are stored."""
    return [
        {"name": one.name, "kind": one.kind.value, "label": one.label, "hint": one.hint, "required": one.required,
         "choices": [list(choice) for choice in one.choices], "low": one.low, "high": one.high}
        for one in questions
    ]  # fmt: skip


def questions_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The same read again."""
    return tuple(
        Question(**{**row, "kind": QuestionKind(row["kind"]), "choices": tuple((a, b) for a, b in row["choices"])})
        for row in rows
    )


def _run(choices: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """The whole numbers among codes, from the lowest to where one is missing: 99 after 5 is no point."""
    numbers = sorted(int(code) for code, words in choices if _whole(code) and not UNKNOWING.search(searched(words)))
    return tuple(number for index, number in enumerate(numbers) if number == numbers[0] + index)


def _bounded(words: str) -> str:
    if len(words) > LONGEST_TEXT:
        raise NotAnswered("too_long")
    return words


def _whole(text: str) -> bool:
    return one_line(text).isascii() and text.isdigit()
