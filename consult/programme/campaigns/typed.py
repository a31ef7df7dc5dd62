"""What is typed of a campaign and of what was counted, and what their forms begin with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from consult.files.signed_files import KeptFile
from consult.programme.campaigns.models import Campaign, CampaignResult
from consult.programme.facts import Told, day
from consult.text import one_line, stored

MOST_HUNDREDTHS = 10**14
_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,2})?")
_PLAIN = re.compile(r"[0-9]{1,15}([.,][0-9]{1,2})?")
NEW: Mapping[str, Any] = {}


@dataclass(frozen=True)
class NewCampaign:
    """A campaign as typed: local days, bodies and communes by their ids, what is counted one a line ("Rác nhựa thu gom
    | kg"), and why what is public is corrected."""

    title: str
    kind: str
    about: str
    starts_on: date | None
    ends_on: date | None
    bodies: tuple[UUID, ...] = ()
    areas: tuple[UUID, ...] = ()
    measures: str = ""
    reason: str = ""

    @property
    def measure_pairs(self) -> list[list[str]]:
        """What is counted, and its unit ("" where none was typed)."""
        cut = (line.rpartition("|") for line in self.measures.splitlines() if line.strip())
        return [[one_line(what), one_line(unit)] if bar else [one_line(unit), ""] for what, bar, unit in cut]

    @property
    def told(self) -> Told:
        """The facts, as the log hashes them. The days are there: it was checked."""
        return {
            "title": one_line(self.title), "kind": self.kind, "about": stored(self.about),
            "starts_on": day(self.starts_on), "ends_on": day(self.ends_on),
            "bodies": sorted(map(str, set(self.bodies))), "areas": sorted(map(str, set(self.areas))),
            "measures": self.measure_pairs,
        }  # fmt: skip


@dataclass(frozen=True)
class NewResult:
    """What was counted, as typed: for which body, where, on which local day, which of the measures (from 1), how much
    ("1.250,5"), how it was counted; a picture with who on it agreed, or that the one there is shall go; and why what is
    public is corrected. A picture was painted anew by now."""

    body_id: UUID | None
    area_id: UUID | None
    day: date | None
    measure: str
    amount: str
    place: str = ""
    source: str = ""
    consent: str = ""
    reason: str = ""
    file: KeptFile | None = None
    drops_picture: bool = False

    @property
    def hundredths(self) -> int | None:
        """How much, in hundredths of the unit; None for what is no number. "1.250" is one thousand and so many, as
        numbers are written here; "12.5" and "12,5" are the same."""
        said = one_line(self.amount)
        if _GROUPED.fullmatch(said):
            said = said.replace(".", "")
        elif not _PLAIN.fullmatch(said):
            return None
        whole, _comma, part = said.replace(",", ".").partition(".")
        return int(whole) * 100 + int(part.ljust(2, "0") or 0)

    def measure_of(self, one: Campaign) -> int | None:
        """Which of the measures of a campaign, from 1; None for none of them."""
        said = one_line(self.measure)
        known = said.isascii() and said.isdigit() and len(said) < 4 and 0 < int(said) <= len(one.measures)
        return int(said) if known else None


def campaign(one: Campaign, told: Told) -> Mapping[str, Any]:
    """What the form of a campaign begins with: what waits, or what is public."""
    measures = "\n".join(" | ".join(pair) for pair in told["measures"])
    return {**told, "measures": measures, "number": one.number}


def result(one: CampaignResult) -> Mapping[str, str]:
    """What the form to correct a result begins with."""
    return {
        "body": str(one.body_id), "area": str(one.area_id), "day": day(one.day), "measure": str(one.measure),
        "amount": decimal(one.hundredths).replace(".", ","), "place": one.place, "source": one.source,
        "consent": one.consent,
    }  # fmt: skip


def decimal(hundredths: int) -> str:
    """So many hundredths as a plain decimal number: 125050 is "1250.5"."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") if part else str(whole)


def written(hundredths: int, language: str) -> str:
    """The same for people who read: "1.250,5", in English "1,250.5"."""
    whole, _point, part = decimal(hundredths).partition(".")
    said = f"{int(whole):,}" + (f".{part}" if part else "")
    return said if language == "en" else said.translate(str.maketrans(",.", ".,"))
