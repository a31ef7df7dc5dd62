"""The content of the demonstration as data: `content/README.md` says what is in it. Days are counted from today."""

import json
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from consult import clock

FOLDER = Path(__file__).resolve().parent / "content"
LIST_KEYS = (
    "submissions",
    "amendments",
    "joinings",
    "voices",
    "words",
    "opinions",
    "critiques",
    "drafts",
    "asked",
    "letters",
    "answers",
    "summaries",
    "collections",
)


@cache
def matters() -> list[dict[str, Any]]:
    """The matters, in the order of the file."""
    found: list[dict[str, Any]] = _read("consultations.json")["consultations"]
    return found


@cache
def bodies() -> dict[str, list[dict[str, Any]]]:
    """Organisations, units and users."""
    return {name: rows for name, rows in _read("organisations.json").items() if isinstance(rows, list)}


@cache
def changes() -> dict[str, dict[str, Any]]:
    """A body that is typed in, and one that is merged."""
    found: dict[str, dict[str, Any]] = _read("organisations.json")["changes"]
    return found


@cache
def plans() -> list[dict[str, Any]]:
    """The plans of critiques, each of the year of today."""
    found: list[dict[str, Any]] = _read("plans.json")["plans"]
    return found


@cache
def proposals() -> dict[str, Any]:
    """A year of proposals to one body, and what became of each."""
    return _read("proposals.json")


@cache
def sightings() -> dict[str, Any]:
    """A year of what people saw, sent to one body, and the cases that came of it."""
    found: dict[str, Any] = _read("sightings.json")
    return found


@cache
def programmes() -> list[dict[str, Any]]:
    """Coordination programmes, that of the province first, each with a plan of the year of today."""
    found: list[dict[str, Any]] = _read("programmes.json")["programmes"]
    return found


@cache
def practices() -> dict[str, Any]:
    """Models under the programmes with what became of them, and the criteria and scores of residential areas."""
    return _read("practices.json")


@cache
def indicators() -> dict[str, Any]:
    """What is measured by commune in three years, and what two communes entered."""
    return _read("indicators.json")


@cache
def materials() -> dict[str, Any]:
    """The library of a programme and what was ordered of it."""
    return _read("materials.json")


@cache
def surveys() -> list[dict[str, Any]]:
    """Surveys under a programme: what is asked, where, and how people tend to answer."""
    found: list[dict[str, Any]] = _read("surveys.json")["surveys"]
    return found


@cache
def training() -> dict[str, Any]:
    """One course of a programme, from its plan to its results."""
    return _read("training.json")


@cache
def campaigns() -> dict[str, Any]:
    """Campaigns of a programme with what was counted in them."""
    return _read("campaigns.json")


@cache
def commendations() -> dict[str, Any]:
    """Who is proposed to be commended under a programme, and what came of it."""
    return _read("commendations.json")


@cache
def clock_acts() -> dict[str, dict[str, Any]]:
    """An outage, and rules of the province that wait for a second administrator."""
    return _read("clock.json")


def parts(slug: str, name: str) -> list[dict[str, Any]]:
    """One list of a matter, by the name of its file: comments, amendments, answers …; empty when it has none."""
    path = FOLDER / slug / f"{name}.json"
    if not path.exists():
        return []
    content = json.loads(path.read_text(encoding="utf-8"))
    return next(content[key] for key in LIST_KEYS if key in content)


def file(name: str) -> bytes:
    """A draft of the demonstration."""
    return (FOLDER / name).read_bytes()


class Calendar:
    """Days of the content as days and instants, counted from the day `today`."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, offset: int) -> date:
        """The local day that is `offset` days from today."""
        return self.today + timedelta(days=offset)

    def at(self, offset: int, local_time: str = "09:00") -> datetime:
        """An instant of that day, by a local clock."""
        hours, minutes = local_time.split(":")
        moment = datetime.combine(self.day(offset), time(int(hours), int(minutes)), clock.LOCAL_ZONE)
        return moment.astimezone(clock.start_of_day(self.today).tzinfo)

    def iso(self, offset: int | None) -> str:
        """The day as a date field writes it; empty for none."""
        return "" if offset is None else self.day(offset).isoformat()


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content
