"""No regular expression takes more than a time that grows with the text: whoever types chooses the text."""

import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.house.rooms import CHECKOUT
from tests.house.routes.expressions import Expression, expressions


def slow(asked: Sequence[Expression]) -> list[str]:
    """Those that did not come to an end, with where they stand and what they were asked."""
    found, next_one = [], 0
    while next_one < len(asked):
        said = _pump(asked[next_one:])
        if said is None:
            break
        number, _, what = said.partition(" ")
        one = asked[next_one + int(number)]
        found.append(f"{one.place} {one.pattern!r}: {what}")
        next_one += int(number) + 1
    return found


def _pump(asked: Sequence[Expression]) -> str | None:
    """What was being asked when the time was over; None when all came to an end."""
    lines = [
        json.dumps(
            {
                "index": index,
                "bytes": isinstance(one.pattern, bytes),
                "pattern": one.pattern.decode("latin-1") if isinstance(one.pattern, bytes) else one.pattern,
                "flags": int(one.flags),
                "ways": one.ways,
            }
        )
        for index, one in enumerate(asked)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.routes.pumping"],
        cwd=CHECKOUT,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return None
    assert done.returncode < 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_every_expression_of_the_house_is_linear() -> None:
    asked = list(expressions())
    assert len(asked) > 130
    assert slow(asked) == []


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"^\s+|\s+$", "findall"),
        (r"\s*-?\s*\d{1,4}", "match"),
        (r"\([^)]*\)", "sub"),
        (r"Điều \d+ [^.]*\.", "search"),
    ],
)
def test_one_that_is_not_is_found(pattern: str, way: str) -> None:
    (told,) = slow([Expression("here:1", pattern, 0, (way,))])
    assert told.startswith(f"here:1 {pattern!r}: {way} ")
