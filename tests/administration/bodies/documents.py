"""The document that decides what becomes of a body, for tests that are about something else."""

from datetime import date

from consult.administration.bodies.deciding import DecidingDocument

DECISION = DecidingDocument("12/QĐ-UBND", date(2025, 7, 1), "Ủy ban nhân dân tỉnh Thái Nguyên")


def decided(prefix: str = "") -> dict[str, str]:
    """The same as the fields of a form."""
    said = {"number": DECISION.number, "on": "1/7/2025", "issuer": DECISION.issuer}
    return {f"{prefix}document_{name}": words for name, words in said.items()}
