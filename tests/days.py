"""Days as people read and type them."""

from datetime import date


def as_read(day: date) -> str:
    """As a page tells it: 1/12/2026."""
    return f"{day:%-d/%-m/%Y}"


def as_typed(day: date) -> str:
    """As most type it, and as official papers have it (Decree 30/2020/ND-CP, Appendix I): 01/12/2026."""
    return f"{day:%d/%m/%Y}"
