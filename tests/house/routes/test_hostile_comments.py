"""Sixty thousand letters of every hostile kind, from the form to the last file: nothing on the way is over linear; and
as many comments of a kind as a table may hold that is made at once cost whoever opens it next to nothing.

What is worse takes far longer than its few seconds of the processor, and what is linear a tenth of one; so that this
tells them apart on any machine.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import SqliteDatabases
from tests.house.rooms import CHECKOUT
from tests.house.routes.hostile_comments import CROWDS, KINDS


@pytest.mark.slow
@pytest.mark.parametrize(("kinds", "end"), [(KINDS, "own"), (CROWDS, "made tong-hop.json")])
def test_no_hostile_comment_holds_anybody_up(
    sqlite_databases: SqliteDatabases, tmp_path: Path, kinds: dict[str, str], end: str
) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.house.routes.hostile_comments",
        sqlite_databases.fresh(),
        str(tmp_path),
        *kinds,
    ]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    last = json.loads(done.stdout.splitlines()[-1]) if done.stdout else ""
    assert done.returncode == 0, f"{last} did not come to an end. {done.stderr[-2000:]}"
    assert last == [list(kinds)[-1], end]
