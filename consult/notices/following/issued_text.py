"""What mails tell of the text that was issued, to who sent and who follows."""

from typing import Any

from consult.consultations.document_models import IssuedText


def values_of(text: IssuedText | None, in_force: str) -> dict[str, Any] | None:
    """What is told of the text that was issued, or of its being in force from a day on; None where it says another day
    by now."""
    day = text.in_force_on if text is not None else None
    if in_force and (day is None or day.isoformat() != in_force):
        return None
    issued_on, number = (text.issued_on, text.number) if text is not None else (None, "")
    return {"number": number, "issued_on": issued_on, "in_force_on": day, "holds": bool(in_force)}
