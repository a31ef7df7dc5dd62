"""Where a text begins and ends without the greeting at its head and the thanks, names and days at its foot."""

from collections.abc import Sequence

from consult.similar.grouping.vocabulary import BREAK, CONTENT, SURNAMES, Word

LONGEST_GREETING = 25
LONGEST_THANKS = 14
LONGEST_SIGNATURE = 25
LONGEST_NAME = 5
FURTHEST = 60
"""So many words of the end are looked at."""


def _by_first(*phrases: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        first, *rest = phrase.split()
        found.setdefault(first, []).append(rest)
    return found


GREETINGS = _by_first(
    "kinh gui", "kinh thua", "kinh chao", "xin chao", "than gui", "thua", "chao", "dear", "hello", "to whom",
)  # fmt: skip
_THANKS_SAID = ("tran trong", "xin cam on", "xin tran trong", "xin chan thanh", "chan thanh cam")
THANKS_INSIDE = _by_first(*_THANKS_SAID)
THANKS = _by_first(
    *_THANKS_SAID, "cam on", "kinh thu", "kinh bao", "kinh don", "kinh but", "than ai", "than men", "thank you",
    "thanks", "sincerely", "regards", "best regards", "kind regards", "respectfully",
)  # fmt: skip
SIGNED = _by_first(
    "nguoi gop y", "nguoi viet", "nguoi gui", "nguoi lam don", "nguoi de nghi", "ho va ten", "ho ten", "ky ten",
    "da ky", "ky va ghi", "ky ghi", "ky", "dia chi", "so dien thoai", "dien thoai", "sdt", "dt", "email", "cong dan",
    "thay mat", "tm", "ten", "ngay", "cu tri", "name", "signed",
)  # fmt: skip


def core(words: Sequence[Word]) -> tuple[int, int]:
    """From and to: what lies between the greeting and the closing. All of it where nothing else would be left."""
    start = _behind_greeting(words)
    end = _before_closing(words, start)
    return (start, end) if any(word.key for word in words[start:end]) else (0, len(words))


def _behind_greeting(words: Sequence[Word]) -> int:
    first = next((at for at, word in enumerate(words[:LONGEST_GREETING]) if word.key), -1)
    if first < 0 or not _begins(words, first, GREETINGS):
        return 0
    for at in range(first, min(len(words), first + LONGEST_GREETING)):
        # Behind "Kính gửi:" comes whom it is sent to.
        if words[at].key == BREAK and not (at == first + 2 and words[at - 1].key in {"gui", "thua"}):
            return at + 1
    return 0


def _before_closing(words: Sequence[Word], start: int) -> int:
    """Segments are taken off the end as long as each may belong to a closing."""
    end, first = len(words), max(start, len(words) - FURTHEST)
    while True:
        at = _segment_start(words, first, end)
        segment = [word for word in words[at:end] if word.key]
        if not segment:
            if at == end or at <= first:
                return end
            end = at
            continue
        if not _closes(segment):
            return _thanks_inside(words, at, end)
        if at <= first:
            return at
        end = at


def _segment_start(words: Sequence[Word], first: int, end: int) -> int:
    at = end
    while at > first and words[at - 1].key == BREAK:
        at -= 1
    while at > first and words[at - 1].key != BREAK:
        at -= 1
    return at


def _closes(segment: Sequence[Word]) -> bool:
    keys = {word.key for place, word in enumerate(segment) if not place or not word.capital}
    if len(segment) > LONGEST_SIGNATURE or keys & CONTENT - {"kien"}:
        return _is_name(segment)
    if _begins(segment, 0, THANKS):
        return True
    return _begins(segment, 0, SIGNED) or _is_name(segment) or _is_day(segment)


def _is_name(segment: Sequence[Word]) -> bool:
    """Two to five words of which the first is a surname, all written as a name; perhaps with where they live behind."""
    if segment[0].key not in SURNAMES or not segment[0].capital or len(segment) < 2:
        return False
    named = 0
    while named < len(segment) and segment[named].capital and named < LONGEST_NAME:
        named += 1
    rest = [word for word in segment[named:] if not word.capital]
    return named >= 2 and len(rest) <= 4 and not {word.key for word in rest} & CONTENT


def _is_day(segment: Sequence[Word]) -> bool:
    """A place and a day: Thái Nguyên, ngày 3 tháng 5 năm 2026."""
    keys = [word.key for word in segment]
    return len(keys) <= 12 and "ngay" in keys and "thang" in keys and keys.index("ngay") <= 5


def _thanks_inside(words: Sequence[Word], start: int, end: int) -> int:
    """Thanks at the end of a sentence that somebody wrote without a full stop before them."""
    for at in range(max(start + 1, end - LONGEST_THANKS), end - 1):
        if _begins(words, at, THANKS_INSIDE) and not {word.key for word in words[at:end]} & CONTENT:
            return at
    return end


def _begins(words: Sequence[Word], at: int, phrases: dict[str, list[list[str]]]) -> bool:
    further = phrases.get(words[at].key)
    if further is None:
        return False
    return any([word.key for word in words[at + 1 : at + 1 + len(rest)]] == rest for rest in further)
