"""A test run that is killed leaves no server running, and none of its files."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

RUN = """
from tests.database import postgresql_server
with postgresql_server() as server:
    print(server.query["host"], flush=True)
    input()
"""


@pytest.mark.postgres
def test_a_server_ends_with_the_run_that_started_it() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert run.stdout is not None and run.stdin is not None
    with run.stdin, run.stdout:
        folder = Path(run.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        # Who started the server watches over it, and takes its files away last.
        keeper = int(Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text())
        ends = [os.pidfd_open(server), os.pidfd_open(keeper)]
        run.kill()
        run.wait()
    try:
        for end in ends:
            # The descriptor of a process becomes readable when it ends.
            assert select.select([end], [], [], 30)[0], "still running"
    finally:
        for end in ends:
            os.close(end)
    assert not folder.exists()
