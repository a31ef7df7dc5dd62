"""A site of the tests' own behind gunicorn, as it is deployed, and a way to kill it as a power cut would."""

import os
import re
import select
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LONGEST_START = 60.0
UNIT = CHECKOUT / "deploy" / "consult-web.service"


def command_of_unit() -> list[str]:
    """What the unit of the site starts, with the gunicorn of these tests."""
    started = re.search(r"^ExecStart=(.*)$", UNIT.read_text().replace("\\\n", " "), re.MULTILINE)
    assert started, f"{UNIT} starts nothing"
    program, *arguments = shlex.split(started[1])
    assert program.endswith("/.venv/bin/gunicorn"), program
    return [str(Path(sys.executable).with_name("gunicorn")), *arguments]


class Server:
    """The processes of the site as the unit starts them, on a free port of the loopback, in a group of their own; of
    the code in `checkout`, with `more` words for gunicorn."""

    def __init__(self, environment: dict[str, str], checkout: Path = CHECKOUT, more: Sequence[str] = ()) -> None:
        self.checkout, self.more = checkout, more
        own = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")}
        self.environment = own | environment
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        doors = [f"--bind={host}:{self.port}" for host in ("127.0.0.1", "[::1]")[: 1 + _has_ipv6()]]
        command = [*command_of_unit(), *doors, "--log-level=warning", *self.more]
        self.process = subprocess.Popen(command, cwd=self.checkout, env=self.environment, start_new_session=True)
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """SIGKILL to every process of it at once: nothing gets to finish what it was doing."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)
            self.process = None

    def stop(self) -> None:
        """Asks it to end, as systemd does: what has come in is answered first."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)
            self.process = None

    def _wait(self) -> None:
        assert self.process is not None
        ended = os.pidfd_open(self.process.pid)
        try:
            until = time.monotonic() + LONGEST_START
            # The descriptor of a process becomes readable when it ends.
            while not select.select([ended], [], [], 0.2)[0]:
                if self._answers():
                    return
                assert time.monotonic() < until, f"the site did not answer within {LONGEST_START} s"
        finally:
            os.close(ended)
        raise AssertionError("the site ended before it answered; what it said stands above")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def _has_ipv6() -> bool:
    """Whether this machine has a loopback of IPv6: a container may have none."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
