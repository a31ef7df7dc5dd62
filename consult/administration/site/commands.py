"""`flask --app consult run-all`: the site and the worker together, for the demo and for a first look."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from types import FrameType

import click

from consult import resource_paths
from consult.command_line.localized import command, failed

ENDED_WELL = frozenset({0, -signal.SIGTERM, -signal.SIGINT})
"""By itself, or asked to before it had learned to listen for that."""


@command("run-all")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32))
def run_all(port: int, workers: int) -> None:
    """Serves on 127.0.0.1 with the worker beside it until interrupted; when one ends, so does the other."""
    with _listening(port) as listening:
        children = [
            _start(port, web(listening.fileno(), workers), listening.fileno()),
            _start(port, worker()),
        ]
    click.echo(f"http://127.0.0.1:{port}/")

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in children:
            if child.poll() is None:
                child.terminate()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    _wait_for_one()
    stop(signal.SIGTERM, None)
    if any(child.wait() not in ENDED_WELL for child in children):
        raise failed("command.run_all.stopped")


def _wait_for_one() -> None:
    """Waits until a child has ended, and leaves what it ended with to whoever asks that child."""
    with suppress(ChildProcessError):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)


def _listening(port: int) -> socket.socket:
    """The socket of the site, open before the site is: whoever comes early waits a moment instead of being refused."""
    try:
        return socket.create_server(("127.0.0.1", port), backlog=512)
    except OSError as taken:
        raise failed("command.run_all.port_taken", port=port) from taken


def _start(port: int, command: list[str], *descriptors: int) -> subprocess.Popen[bytes]:
    # Links in mails and QR codes lead to where this site really listens, unless somebody has set another address.
    environment = {"CONSULT_SITE_URL": f"http://127.0.0.1:{port}", **os.environ}
    # In a group of its own: a Ctrl-C reaches this process alone, which then ends the others in good order.
    return subprocess.Popen(command, cwd=resource_paths.START, env=environment, pass_fds=descriptors, process_group=0)


def web(descriptor: int, workers: int) -> list[str]:
    """The command of the site: threads go on reading while one of them waits for its turn to write."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--worker-class=consult.web.arrival.server.Doorkeeper",
        f"--workers={workers}",
        "--threads=4",
        f"--bind=fd://{descriptor}",
        "--graceful-timeout=5",
        "--no-control-socket",
        "--log-level=warning",
        "consult:create_app()",
    ]


def worker() -> list[str]:
    """The command of the worker."""
    return [sys.executable, "-m", "flask", "--app", "consult", "worker"]
