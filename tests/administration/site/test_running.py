"""`run-all`: site and worker start with one command, end with one Ctrl-C, and leave nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number: int = taken.getsockname()[1]
    return number


def start(port: int, url: str, folder: Path) -> subprocess.Popen[str]:
    """The command in a group of its own, as a terminal starts it."""
    environment = {**os.environ, "CONSULT_INSTANCE": str(folder / "instance"), "CONSULT_DATABASE_URL": url}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "consult", "run-all", "--port", str(port), "--workers", "1"],
        cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGHUP])
def test_one_command_serves_and_one_signal_ends_everything(
    free_port: int, sqlite_url: str, tmp_path: Path, end: signal.Signals
) -> None:
    running = start(free_port, sqlite_url, tmp_path)
    assert running.stdout is not None
    assert running.stdout.readline() == f"http://127.0.0.1:{free_port}/\n"
    # Nobody is refused while the site is still starting: the answer only takes longer.
    for path in ("/healthz", "/", "/lay-y-kien/"):
        with urlopen(f"http://127.0.0.1:{free_port}{path}", timeout=60) as answer:
            assert answer.status == 200
    os.killpg(running.pid, end)
    # What is said ends when the last process that could say something has ended.
    said = running.communicate(timeout=20)[0]
    assert running.returncode == 0, said
    assert "Error" not in said and "SIGKILL" not in said
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", free_port))


def test_a_taken_port_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = start(port, sqlite_url, tmp_path).communicate(timeout=60)[0]
    assert said == f"Lỗi: Cổng {port} đã có chương trình khác dùng; hãy chọn cổng khác (make demo PORT=5001).\n"
