"""What stands above the text of a paper: the State's name and motto, number, place and day, and what paper it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from consult.official_papers.layout.sheet import Line
from consult.text import folded


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: `state` is `good`, `differs`, `missing` or `unknown`; `found` what is there."""

    code: str
    state: str
    found: str = ""


GOOD = partial(Finding, state="good")
missing = partial(Finding, state="missing")
unknown = partial(Finding, state="unknown")


def differs(code: str, found: str) -> Finding:
    """It is there, and otherwise than the decree has it."""
    return Finding(code, "differs", found)


STATE = "cong hoa xa hoi chu nghia viet"
"""Without its last word, which a narrow column may put on a line of its own."""
MOTTO = re.compile(r"doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc")
NUMBER = re.compile(r"\bso ?: ?(?P<number>[^\n:/]{0,60}/ ?[^\s,;]*)")
WELL_NUMBERED = re.compile(r"(\d{2,}[a-z]?)?/[^\s/]*")
LAW_NUMBER = re.compile(r"\d+/\d{4}/")
DAY = re.compile(r"(?<=\S), ?ngay ?(?P<day>\d*)[ .…]*thang ?(?P<month>\d*)[ .…]*nam ?(?P<year>\d*)")
KINDS = (
    "nghi quyet", "quyet dinh", "chi thi", "quy che", "quy dinh", "thong cao", "thong bao", "huong dan",
    "chuong trinh", "ke hoach", "phuong an", "de an", "du an", "bao cao", "bien ban", "to trinh", "hop dong",
    "cong dien", "ban ghi nho", "ban thoa thuan", "giay uy quyen", "giay moi", "giay gioi thieu", "giay nghi phep",
    "phieu gui", "phieu chuyen", "phieu bao", "thu cong", "giay xac nhan",
)  # fmt: skip
"""The kinds of papers that bear a name (Điều 7), and what boards and villages call theirs."""
LAST_WITH_NOUGHT = 2
"""Of the months, the last that is written with a nought: "tháng 02", but "tháng 3"."""
WITHIN = 40
"""So many lines from the top the heading is looked for."""


def of(every: list[Line]) -> Iterator[Finding]:
    """What is found of each part."""
    lines = [(line, folded(" ".join(line.text.split()))) for line in every if line.text.strip()][:WITHIN]
    yield _look("state", next((line for line, words in lines if STATE in words), None), (12, 13), capital=True)
    yield _look("motto", next((line for line, words in lines if MOTTO.search(words)), None), (13, 14))
    name = next((line for line, words in lines if words.rstrip(" :") in KINDS or _begins(words, line)), None)
    yield from _number(lines, name)
    yield _day(lines)
    yield _name(lines, name)


def _begins(words: str, line: Line) -> bool:
    return line.text.isupper() and words.startswith(KINDS)


def _look(code: str, line: Line | None, sizes: tuple[float, float], capital: bool = False) -> Finding:
    if line is None:
        return missing(code)
    right = line.bold and sizes[0] - 0.6 <= line.size <= sizes[1] + 0.6 and (line.text.isupper() or not capital)
    return GOOD(code) if right else differs(code, f"{line.text.strip()[:60]} ({line.size:g})")


def _number(lines: list[tuple[Line, str]], name: Line | None) -> Iterator[Finding]:
    found = next(((line, match) for line, words in lines if (match := NUMBER.search(words))), None)
    if found is None:
        if name is None or not folded(name.text).startswith("bien ban"):
            yield missing("number")
        return
    line, match = found
    written = " ".join(line.text.split())
    # Folding keeps the places of letters, except where a line holds letters of other scripts.
    same = len(written) == len(match.string)
    number = (written[slice(*match.span("number"))] if same else match["number"]).strip(" .…")
    if LAW_NUMBER.match(number):
        yield differs("law", number)
        return
    before, stroke, behind = number.partition("/")
    well = WELL_NUMBERED.fullmatch(before.rstrip(" .…") + stroke + behind) and not re.search(
        r"\d\s+/|/\s|\s-|-\s", number
    )
    yield GOOD("number") if well else differs("number", number)


def _day(lines: list[tuple[Line, str]]) -> Finding:
    found = next(((line, match) for line, words in lines if (match := DAY.search(words))), None)
    if found is None:
        return missing("place_and_day")
    line, said = found
    day, month = said["day"], said["month"]
    wrong = len(day) == 1 or month in ("1", "2") or (month.startswith("0") and int(month) > LAST_WITH_NOUGHT)
    if wrong or not line.italic:
        return differs("place_and_day", line.text.strip()[:60])
    return GOOD("place_and_day")


def _name(lines: list[tuple[Line, str]], name: Line | None) -> Finding:
    if name is not None:
        right = name.bold and name.text.isupper() and name.centred is not False
        return GOOD("name") if right else differs("name", name.text.strip()[:60])
    letter = any(words.startswith("kinh gui") for _line, words in lines)
    about = any(words.startswith("v/v") for _line, words in lines)
    if letter:
        return GOOD("about") if about else missing("about")
    return missing("name")
