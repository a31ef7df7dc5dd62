"""What mails tell of the text that was issued, to who sent and who follows."""

from collections.abc import Mapping
from typing import Any

from consult.consultations.document_models import IssuedText


def values_of(text: IssuedText | None, payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is told of the text that was issued, of its being in force from a day on (`holds`), or a year later (`asks`
    whether it works); None where it says another day by now."""
    day, asks = payload.get("in_force", ""), payload.get("year_of", "")
    if text is None:
        nothing = {"number": "", "issued_on": None, "in_force_on": None, "holds": False, "asks": False}
        return None if day or asks else nothing
    other_day = day and str(text.in_force_on) != day
    if other_day or (asks and str(text.in_force_on or text.issued_on) != asks):
        return None
    told = {"number": text.number, "issued_on": text.issued_on, "in_force_on": text.in_force_on}
    return {**told, "holds": bool(day), "asks": bool(asks)}
