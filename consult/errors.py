"""Refusals that a person can understand: a code here, a sentence in both languages in the catalogues."""


class Refused(Exception):
    """An act that the rules do not allow now. `reason` is a code with a sentence `reason.<code>` in the catalogues;
    `details` are the values that sentence names."""

    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


class Invalid(Exception):
    """Input that cannot be taken as typed. `errors` maps a field to a code with a sentence `error.<code>`."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in errors.items()))
        self.errors = errors


class NotFound(Exception):
    """What is asked for does not exist, or not for who asks: the two look the same from outside."""
