"""What one line of the list says."""

from typing import NamedTuple


class Line(NamedTuple):
    """`before` stands once in `file`, and `after` takes its place; `tests` (arguments of pytest) should fail
    then."""

    file: str
    before: str
    after: str
    tests: str

    def __str__(self) -> str:
        return f"{self.file}: {self.before.strip()} → {self.after.strip()}"


def broken(file: str, tests: str, *pairs: tuple[str, str]) -> tuple[Line, ...]:
    """Lines of one file that the same tests should notice, as (before, after)."""
    return tuple(Line(file, before, after, tests) for before, after in pairs)
