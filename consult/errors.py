"""Refusals that a person can understand: a code here, a sentence in both languages in the catalogues."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


class Refused(Exception):
    """An act that the rules do not allow now. `reason` is a code with a sentence `reason.<code>` in the catalogues;
    `details` are the values that sentence names; `retry_after` are seconds after which it may be another matter."""

    def __init__(self, reason: str, retry_after: int | None = None, **details: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.details = details


Left = Mapping[str, Sequence[int]]
"""Of the comments that an act on many left as they were: the numbers, by the code of the reason."""


class NoneTaken(Refused):
    """An act on many that could take none of them; `left` says why of each."""

    def __init__(self, left: Left) -> None:
        reason, numbers = next(iter(left.items()))
        super().__init__(reason, numbers=listed(numbers))
        self.left = left


@dataclass(frozen=True)
class Taken:
    """What an act on many did: to the comments with these `numbers`, and not to those that are `left`; `released` were
    made public with it."""

    numbers: Sequence[int]
    left: Left = field(default_factory=dict)
    released: Sequence[int] = ()


def listed(numbers: Iterable[int]) -> str:
    """Numbers of comments as sentences name them."""
    return ", ".join(map(str, sorted(numbers)))


class Invalid(Exception):
    """Input that cannot be taken as typed. `errors` maps a field to a code with a sentence `error.<code>`."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in errors.items()))
        self.errors = errors


class Impossible(Exception):
    """What whoever runs the site asked for cannot be done. Why is the sentence `told` of the catalogues, in which
    `values` are named; a value that is an error itself is told within it."""

    family = ""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {', '.join(map(str, values.values()))}")
        self.code = code
        self.values = values

    @property
    def told(self) -> str:
        """The code of its sentence."""
        return f"{self.family}.{self.code}"


class NotFound(Exception):
    """What is asked for does not exist, or not for who asks: the two look the same from outside."""


class Unavailable(Exception):
    """What was asked for cannot be recorded or read at the moment, through no fault of who asks; nothing was recorded.

    `reason` is `busy` (others have been writing for too long), `storage_unavailable` (the database or the disk) or
    `files_unavailable` (the store of files, where that is another machine).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
