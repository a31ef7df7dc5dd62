"""A site of the bench's own in a temporary folder: its environment, and gunicorn as it is deployed."""

import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 3, 4


def environment(folder: Path) -> dict[str, str]:
    """The settings of a site whose every file lies in `folder`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")}
    return {
        **own,
        "CONSULT_ENV": "development",
        "CONSULT_INSTANCE": str(folder),
        "CONSULT_SECRET_KEY": secrets.token_hex(32),
        # One machine sends what a province would, and faster than anybody types.
        "CONSULT_SUBMISSIONS_PER_MINUTE": "0",
        "CONSULT_FORM_SECONDS": "0",
    }


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(given: dict[str, str], application: str = "bench.application:measured_app()") -> Iterator[int]:
    """The port on which gunicorn serves, the same as deploy/consult-web.service; it ends with the block."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--worker-class", "consult.web.arrival.server.Doorkeeper",
        "--workers", str(WORKERS), "--threads", str(THREADS),
        "--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning",
        application,
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=given)
    try:
        _wait_until_ready(server, port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=40)


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, seconds: float = 120) -> None:
    ended = os.pidfd_open(server.pid)
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            # The descriptor of a process becomes readable when it ends.
            if select.select([ended], [], [], 0.2)[0]:
                raise RuntimeError("the server ended before it was ready; what it said stands above")
            if _ready(port):
                return
    finally:
        os.close(ended)
    raise RuntimeError(f"the server was not ready within {seconds} s")


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
