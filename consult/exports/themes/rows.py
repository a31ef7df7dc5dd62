"""The rows of the file of themes: codes and numbers for programs, and the same in Vietnamese words for people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from consult import clock
from consult.exports.cell_texts import Say
from consult.responses.themes.told import SAMPLES, ToldTheme
from consult.similar.theming.judging import Quality
from consult.text import one_line

LONGEST_SAMPLE = 600
COLUMNS = (
    "number", "name", "state", "stance", "size", *(f"sample_{place + 1}" for place in range(SAMPLES)), "judged", "good",
    "share_good", "of_all_good", "note",
)  # fmt: skip


@dataclass(frozen=True)
class ThemesHead:
    """What stands above the themes: the matter, how good all of them are, and what the file is."""

    slug: str
    title: str
    quality: Quality
    note: str


def headings(say: Say) -> list[str]:
    """What the columns are called."""
    return [say(f"theme_file.{name}") for name in COLUMNS]


def values(head: ThemesHead, themes: Iterable[ToldTheme], say: Say) -> Iterator[list[str | int]]:
    """A row for each theme in the order of the columns; a share is in hundredths, empty where nothing was judged."""
    of_all = _share(head.quality.both, head.quality.together)
    for one in themes:
        samples = [*(said["text"] for said in _samples(one)), *[""] * SAMPLES][:SAMPLES]
        shares = (one.judged, one.good, _share(one.good, one.judged), of_all)
        yield [
            one.theme.number, name_of(one, say), say(f"theme_file.{_state(one)}"), stance_of(one, say),
            one.theme.size, *(str(text) for text in samples), *shares, head.note,
        ]  # fmt: skip


def above(head: ThemesHead) -> dict[str, Any]:
    """The head for programs."""
    quality = head.quality
    return {
        "consultation": head.slug,
        "title": head.title,
        "note": head.note,
        "quality": {
            "judged": quality.judged, "agreed": quality.agreed, "together": quality.together, "same": quality.same,
            "both": quality.both, "precision": quality.precision, "recall": quality.recall,
        },
    }  # fmt: skip


def as_record(one: ToldTheme, say: Say) -> dict[str, Any]:
    """A theme for programs; what nobody said or judged is null."""
    theme = one.theme
    return {
        "number": theme.number,
        "name": name_of(one, say),
        "named": bool(theme.name),
        "signed_on": clock.local_day(theme.signed_at).isoformat() if theme.signed_at else None,
        "signed_by": theme.signed_by.name if theme.signed_by else None,
        "stance": theme.stance or None,
        "leaning": theme.leaning,
        "size": theme.size,
        "samples": _samples(one),
        "judged": one.judged,
        "good": one.good,
    }


def name_of(one: ToldTheme, say: Say) -> str:
    """What a person called it, or the words that the machine found."""
    theme = one.theme
    return theme.name or " · ".join(theme.words) or say("theme_file.nameless", number=theme.number)


def stance_of(one: ToldTheme, say: Say) -> str:
    """On which side all of its texts are."""
    if one.theme.stance:
        return say(f"stance.{one.theme.stance}")
    leaning = "leaning_for" if one.theme.leaning > 0 else "leaning_against" if one.theme.leaning < 0 else "no_stance"
    return say(f"theme_file.{leaning}")


def _state(one: ToldTheme) -> str:
    if one.theme.signed_at:
        return "signed"
    return "named" if one.theme.name else "unnamed"


def _samples(one: ToldTheme) -> list[dict[str, Any]]:
    return [{"comment": line.number, "text": _text(line.text or line.proposed_wording)} for line in one.samples]


def _text(said: str) -> str:
    words = one_line(said)
    return words if len(words) <= LONGEST_SAMPLE else f"{words[:LONGEST_SAMPLE]}…"


def _share(some: int, of: int) -> str | int:
    return round(100 * some / of) if of else ""
