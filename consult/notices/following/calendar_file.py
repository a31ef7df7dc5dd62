"""Days as a calendar takes them: RFC 5545, written as bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class CalendarDay:
    """One whole day: `uid` names it for good, `sequence` says how often it has moved, `changed_at` when last."""

    uid: str
    day: date
    summary: str
    url: str
    changed_at: datetime
    sequence: int = 0
    cancelled: bool = False


def written(name: str, producer: str, days: Iterable[CalendarDay]) -> bytes:
    """The calendar `name` with these days in it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(producer)}",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for day in days:
        lines += _lines(day)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _lines(one: CalendarDay) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"DTSTAMP:{_instant(one.changed_at)}",
        f"LAST-MODIFIED:{_instant(one.changed_at)}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(one.summary)}",
        f"URL:{one.url}",
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A value of type TEXT; what is no character of it (a control character) is a blank."""
    plain = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in words.replace("\r\n", "\n"))
    for sign, written_as in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written_as)
    return plain


def _folded(line: str) -> bytes:
    """A line with its end, folded so that no character is cut."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece, room = b"", LONGEST_LINE
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > room:
            yield piece
            # The blank that a continued line begins with counts.
            piece, room = b"", LONGEST_LINE - 1
        piece += octets
    yield piece
