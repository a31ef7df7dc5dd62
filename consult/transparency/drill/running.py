"""The site on trial: started on the loopback as the unit starts the real one, asked, and ended with its processes."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from consult import outgoing, resource_paths
from consult.administration.site.commands import web
from consult.transparency.drill.place import DrillFailed

SECONDS_TO_START = 300.0
SECONDS_TO_END = 20
LOOPBACK = "127.0.0.1"
PAGE = "/lay-y-kien/"
NEEDED = ("database", "schema", "commit", "files", "signing_key", "keys")
"""The parts of /readyz without which no request is served, but for `log`: a site that was set back behind what is known
outside signs nothing, and that is told as a loss."""


def upgraded(environment: Mapping[str, str]) -> None:
    """Does what the manual says comes after a restore. Raises DrillFailed."""
    command = [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"]
    done = subprocess.run(
        command, cwd=resource_paths.START, env=dict(environment), capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise DrillFailed("not_upgraded", said=said[-1])


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[int]:
    """The port of a site with these settings, for as long as the block lasts. Nothing of it is left running."""
    with socket.create_server((LOOPBACK, 0)) as door:
        port: int = door.getsockname()[1]
        process = subprocess.Popen(
            web(door.fileno(), 1), cwd=resource_paths.START, env=dict(environment), pass_fds=[door.fileno()],
            start_new_session=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        # The door is the site's alone by now: one that ends before it answers is noticed at once.
        yield port
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_TO_END)


def check_answers(port: int, host: str) -> None:
    """Asks whether the site is ready, and for the list of matters under the name `host` that it answers to. Raises
    DrillFailed."""
    _status, said = _asked(port, "/readyz", "localhost")
    try:
        parts: dict[str, Any] = json.loads(said)
    except ValueError as nonsense:
        raise DrillFailed("not_answered", path="/readyz") from nonsense
    wrong = [name for name in NEEDED if parts.get(name) is False]
    if wrong:
        raise DrillFailed("not_ready", names=", ".join(wrong))
    status, page = _asked(port, PAGE, host)
    if status != 200 or b"</html>" not in page:
        raise DrillFailed("no_page", path=PAGE, status=status)


def _asked(port: int, path: str, host: str) -> tuple[int, bytes]:
    try:
        with outgoing.http_line(urlsplit(f"http://{LOOPBACK}:{port}"), SECONDS_TO_START) as connection:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as failed:
        raise DrillFailed("not_answered", path=path) from failed
