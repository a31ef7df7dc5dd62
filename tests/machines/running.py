"""Two machines of one site, each with a folder of its own, processes of its own and the code of its own release."""

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from consult import schema
from tests.machines.ahead import EXPANDS, LATER, WRITTEN
from tests.machines.front import Front
from tests.spine.server import CHECKOUT, Server

FEW = ("--workers=1", "--threads=4")
"""One process on each machine: what several do to each other two machines show as well."""
OF_A_RELEASE = ("consult", "config.py", "docs", "migrations", "pyproject.toml", "static", "templates")


class Machine:
    """The site and the worker of one machine."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.web = Server(environment, more=FEW)
        self.worker: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """Where it is reached; the same after a restart."""
        return self.web.port

    def command(self, *words: str) -> list[str]:
        """A command of the site, as this machine runs it."""
        return [sys.executable, "-m", "flask", "--app", "consult", *words]

    def run(self, *words: str, checkout: Path | None = None) -> str:
        """Runs a command to its end with the code that the machine has, or that in `checkout`: what it said."""
        done = subprocess.run(
            self.command(*words), cwd=checkout or self.web.checkout, env=self.web.environment, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Starts both, and returns once the site answers."""
        self.start_worker()
        self.web.start()

    def start_worker(self) -> None:
        """Starts the worker."""
        self.worker = subprocess.Popen(
            self.command("worker"), cwd=self.web.checkout, env=self.web.environment, stdout=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip

    def stop_worker(self) -> None:
        """Asks it to end; what it has begun is done first."""
        if self.worker is not None and self.worker.stdout is not None:
            # It says so once it listens to signals.
            assert self.worker.stdout.readline()
            self.worker.terminate()
            assert self.worker.wait(timeout=60) == 0
            self.worker.stdout.close()
            self.worker = None

    def kill(self) -> None:
        """Everything at once, as a power cut would."""
        self.web.kill()
        if self.worker is not None and self.worker.stdout is not None:
            self.worker.send_signal(signal.SIGKILL)
            self.worker.wait(timeout=30)
            self.worker.stdout.close()
            self.worker = None


@dataclass
class TwoMachines:
    """The site as it runs: a test's own `app` on its database, whose door leads to both machines."""

    app: Flask
    session: Session
    machines: tuple[Machine, Machine]
    front: Front = field(init=False)

    def __post_init__(self) -> None:
        self.front = Front([machine.port for machine in self.machines])
        self.app.wsgi_app = self.front  # type: ignore[method-assign]


def later_code(folder: Path) -> Path:
    """A release with one more migration, as a folder with its own copy of the code."""
    folder.mkdir()
    for name in OF_A_RELEASE:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy2(source, folder / name)
    [before] = schema.newest()
    own = WRITTEN.format(revision=LATER, before=before, said="", upgrade=EXPANDS)
    (folder / "migrations" / "versions" / "later.py").write_text(own, encoding="utf-8")
    return folder
