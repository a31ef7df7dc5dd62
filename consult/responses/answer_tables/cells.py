"""The last cell of a row: the result, the answer and what it changes in the draft, as one text that people edit."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from consult.responses.words import Disposition
from consult.text import blank, folded, one_line, stored

Say = Callable[..., str]
_NAMES = (
    ("khong tiep thu", Disposition.NOT_ACCEPTED),
    ("khong chap nhan", Disposition.NOT_ACCEPTED),
    ("tiep thu mot phan", Disposition.PARTLY_ACCEPTED),
    ("tiep thu", Disposition.ACCEPTED),
    ("giai trinh lam ro", Disposition.CLARIFIED),
    ("giai trinh", Disposition.CLARIFIED),
    ("ghi nhan", Disposition.NOTED),
    ("chuyen co quan co tham quyen", Disposition.REFERRED),
)
"""How the office begins an answer; the longer first."""
_BOTH = re.compile(r"tiep thu\W+(va )?giai trinh\b")
"""The name of the column itself: it says nothing of the result."""
_WORD = re.compile(r"[^\W_]+")
_ENDS = re.compile(r"[ \t]*(?:[.:;–—-]+[ \t]*|\n|$)")
_CHANGE, _PLACE = "noi dung sua trong du thao", "dieu khoan da sua"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


@dataclass(frozen=True)
class Said:
    """What a row says: `disposition` None where it was not understood; the place in words as they were typed."""

    disposition: Disposition | None
    text: str
    change: str = ""
    place: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        return self.disposition is None and blank(self.text) and blank(self.change)


def written(disposition: Disposition, text: str, change: str, place: str, say: Say, named: bool = True) -> str:
    """An answer as it stands in its cell; `named` where no other cell says the result."""
    said = [f"{say(f'disposition.{disposition}')}." if named else "", text]
    said += [f"{say('exports.answer_table.change')}: {change}" if change else ""]
    said += [f"{say('exports.answer_table.place')}: {place}" if place else ""]
    return "\n".join(part for part in said if part)


def read(cell: str, result: str = "") -> Said:
    """What a cell says; `result` is that of the column beside it, which goes before how the text begins."""
    text, place = _taken_off(stored(cell).strip(), _PLACE)
    text, change = _taken_off(text, _CHANGE)
    named, rest = _begins(text)
    chosen = _begins(stored(result))[0] if result.strip() else None
    if chosen is not None:
        return Said(chosen, rest if named is chosen else text, change, one_line(place))
    return Said(named, rest, change, one_line(place))


def alike(one: Said, other: Said) -> bool:
    """Whether two say the same: programs turn quotation marks and dashes, and paragraphs lose their empty lines."""
    return one.disposition is other.disposition and all(
        _plain(mine) == _plain(theirs)
        for mine, theirs in ((one.text, other.text), (one.change, other.change), (one.place, other.place))
    )


def _begins(text: str) -> tuple[Disposition | None, str]:
    """The result with which a text begins, and the text without it where it stands as a word by itself: in "Tiếp thu ý
    kiến của xã, …" it is part of the sentence."""
    if _BOTH.match(folded(text[:80])):
        return None, text
    for name, disposition in _NAMES:
        end = _end_of(text, name.split())
        if end is not None:
            closed = _ENDS.match(text, end)
            return disposition, text[closed.end() :].strip() if closed else text
    return None, text


def _end_of(text: str, wanted: list[str]) -> int | None:
    """Where the first words of a text end, when they are these."""
    found = list(_first_words(text, len(wanted)))
    if [folded(one.group()) for one in found] != wanted:
        return None
    return found[-1].end()


def _first_words(text: str, count: int) -> list[re.Match[str]]:
    words = []
    for found in _WORD.finditer(text[:200]):
        words.append(found)
        if len(words) == count:
            break
    return words


def _taken_off(text: str, name: str) -> tuple[str, str]:
    """The text before the line that begins with `name`, and what that line and those after it say."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        label, colon, rest = line.partition(":")
        if colon and folded(one_line(label.strip("-–•* "))) == name:
            return "\n".join(lines[:at]).strip(), "\n".join([rest.strip(), *lines[at + 1 :]]).strip()
    return text, ""


def _plain(text: str) -> str:
    return one_line(stored(text).translate(_QUOTES)).casefold()
