"""What the form of a kit sent, as plain values."""

from typing import Any

from consult.collections.kit.service import CLAUSES, KitClause, NewKit


def kit(form: Any) -> NewKit:
    """A kit as typed."""
    clauses = [
        KitClause(*(form.get(f"clauses.{place}.{part}", "") for part in ("anchor", "words", "question")))
        for place in range(CLAUSES)
    ]
    return NewKit(form.get("introduction", ""), clauses)
