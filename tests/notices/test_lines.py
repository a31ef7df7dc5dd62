"""Every line of a mail's template is a line of the mail."""

import re
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

MAILS = sorted((CHECKOUT / "templates" / "notices").rglob("*.txt"))
ONLY_TAGS = re.compile(r"\s*(\{%[^}]*%\}\s*)+")


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: f"{mail.parent.name}-{mail.stem}")
def test_no_line_runs_into_the_next(mail: Path) -> None:
    """Who ends a line of words with a tag takes its end away with it: a subject swallowed the greeting so."""
    lines = mail.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.endswith("%}") and not ONLY_TAGS.fullmatch(line)] == []
