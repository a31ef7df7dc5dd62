"""Every field that the API shows of a comment, a matter, a critique and a log stands in docs/ledger.md, in the table of
what is proven and what is trusted: so a new field cannot be forgotten."""

import re

import pytest

from consult.api import schemas
from tests.house.rooms import CHECKOUT

TABLE = "| of | field | proven by | checked by | trusted |"
SHOWN = {
    "comment": schemas.COMMENT,
    "ledger": schemas.LEDGER,
    "matter": schemas.MATTER_IN_FULL,
    "critique": schemas.CRITIQUE,
}


def told(of: str) -> list[str]:
    """The fields of which the table has a line."""
    page = (CHECKOUT / "docs" / "ledger.md").read_text("utf-8").partition(TABLE)[2].partition("\n\n")[0]
    lines = re.findall(rf"^\| {of} \| (.*?) \|", page, re.M)
    return [name for line in lines for name in re.findall(r"`([a-z_]+)`", line)]


@pytest.mark.parametrize("of", sorted(SHOWN))
def test_every_field_has_one_line_that_says_what_is_proven_of_it(of: str) -> None:
    assert sorted(told(of)) == sorted(SHOWN[of]["properties"])


def test_the_whole_line_says_by_what_by_whom_and_what_is_left_to_trust() -> None:
    page = (CHECKOUT / "docs" / "ledger.md").read_text("utf-8").partition(TABLE)[2].partition("\n\n")[0]
    lines = page.strip().split("\n")[1:]
    assert len(lines) > 20
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert len(cells) == 5 and all(cells), line
