"""What the confined process must not be able to do is refused; and where a wall is missing, nothing is read at all."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consult.sandbox import run, self_test, system_calls
from consult.timed_cache import TimedCache
from tests.database import PostgresDatabases
from tests.sandbox.walls import everything_taken, nothing_left, told_without

FORBIDDEN = [
    "unix_stream", "unix_datagram", "pair", "tcp", "udp", "netlink", "raw_packets", "ring", "key", "key_asked",
    "key_kept", "memory_shared", "messages_shared", "semaphores", "queue", "mode_changed", "owner_changed",
    "linked", "symlinked", "renamed", "removed", "folder_made", "node_made", "truncated", "written",
    "nameless_file", "memory_file", "forked", "threaded", "executed", "signalled", "traced", "memory_read",
    "namespace", "entered", "mounted", "rooted", "program", "performance", "fault_handler", "limits_raised",
    "filter_changed", "undumpable", "ioctl", "input_pushed", "file_lock", "signals_wanted",
]  # fmt: skip


@pytest.mark.parametrize("act", FORBIDDEN)
def test_each_forbidden_act_is_refused(act: str) -> None:
    assert run("tests.sandbox.forbidden:attempt", act, data=b"") in {"EPERM", "EACCES"}


def test_no_listening_socket_of_the_machine_is_reached(tmp_path: Path) -> None:
    """By a path and by a name without one."""
    for address in (str(tmp_path / "socket"), f"\0consult-{os.getpid()}"):
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(address)
            server.listen()
            assert run("tests.sandbox.forbidden:reach", address, data=b"") == "EPERM"


@pytest.mark.postgres
def test_postgresql_is_not_reached_by_its_socket(postgresql_databases: PostgresDatabases) -> None:
    folder = Path(str(postgresql_databases.server.query["host"]))
    [address] = (path for path in folder.glob(".s.PGSQL.*") if path.is_socket())
    with socket.socket(socket.AF_UNIX) as open_to_others:
        open_to_others.connect(str(address))
    assert run("tests.sandbox.forbidden:reach", str(address), data=b"") == "EPERM"


def test_all_walls_are_found_standing() -> None:
    assert [wall.name for wall in self_test.walls()] == list(self_test.ALL)
    assert not self_test.missing_walls()


def test_nobody_waits_for_a_full_sandbox_to_hear_of_the_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the one who looks, nor who comes meanwhile or a moment later."""
    monkeypatch.setattr(self_test, "_found", TimedCache([self_test.Wall("network", True)]))
    with nothing_left(), ThreadPoolExecutor(20) as others:
        began = time.monotonic()
        told = [asked.result() for asked in [others.submit(self_test.walls) for _ in range(60)]]
        assert time.monotonic() - began < 3
    assert all([wall.name for wall in walls] == ["network"] for walls in told)


def test_the_walls_are_tried_in_what_is_kept_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "_found", TimedCache(()))
    with everything_taken():
        assert [wall.name for wall in self_test.walls() if wall.holds] == list(self_test.ALL)


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        (["landlock_create_ruleset"], "Landlock"),
        (["landlock_restrict_self"], "Landlock restriction"),
        (["seccomp"], "seccomp"),
        (["prctl"], "parent's death"),
    ],
)
def test_where_a_wall_is_missing_nothing_is_read(missing: list[str], named: str) -> None:
    [[code, detail], walls] = told_without(missing, [["tests.sandbox.confined:echo"], ["walls"]])
    assert code == "no_walls" and named in detail
    assert {wall["name"] for wall in walls} == set(self_test.ALL) and not any(wall["holds"] for wall in walls)


def test_namespaces_are_a_second_wall_and_not_needed() -> None:
    [told] = told_without(["unshare"], [["tests.sandbox.confined:echo"]])
    assert told == {"data": "data", "arguments": []}


def test_a_program_is_not_started_without_walls() -> None:
    [[code, detail]] = told_without(["landlock_create_ruleset"], [["program", "/bin/cat"]])
    assert code == "no_walls" and "Landlock" in detail


def test_who_sends_a_file_then_is_told_that_it_is_not_the_files_fault(tmp_path: Path) -> None:
    told = told_without(["landlock_create_ruleset"], [["attach"], ["draft", str(tmp_path / "files")]])
    assert told == [{"file": "files_closed"}, {"file": "no_walls"}]
    assert not (tmp_path / "files").exists()


def test_the_calls_on_the_list_exist_on_both_architectures() -> None:
    """A misspelled name would be left out without a word: each is known to one of the two, and most to both."""
    library = system_calls._library()
    names = [*system_calls.FREE.split(), *(name for name, _ in system_calls.WITH_CONDITIONS)]
    architectures = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
    unknown = {
        place: {name for name in names if library.seccomp_syscall_resolve_name_arch(token, name.encode()) < 0}
        for place, token in architectures.items()
    }
    assert unknown == {
        "x86_64": set(),
        "aarch64": {"stat", "lstat", "access", "readlink", "poll", "select", "time", "getrlimit", "arch_prctl", "open"}
        & unknown["aarch64"],
    }


@pytest.fixture
def as_nobody() -> Callable[[str], str]:
    """Runs some Python as an ordinary user; as who we are, when we are no more than that."""

    def ran(code: str) -> str:
        command = [sys.executable, "-B", "-c", code]
        if os.geteuid() == 0:
            setpriv = shutil.which("setpriv") or "setpriv"
            # The interpreter of these tests may lie in a folder of root's: to get there is all this user may more.
            reach = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
            command = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", *reach, *command]
        with tempfile.TemporaryDirectory() as home:
            os.chmod(home, 0o777)
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": home, "HOME": home}
            )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return ran


def test_an_ordinary_user_has_the_same_walls(as_nobody: Callable[[str], str]) -> None:
    code = (
        "from tests.sandbox.test_walls import FORBIDDEN; from consult.sandbox import run\n"
        "told = {act: run('tests.sandbox.forbidden:attempt', act, data=b'') for act in FORBIDDEN[::4]}\n"
        "print([act for act, outcome in told.items() if outcome not in ('EPERM', 'EACCES')])\n"
        "from consult.sandbox import self_test; print(len(self_test.walls()), self_test.missing_walls())"
    )
    assert as_nobody(code).splitlines() == ["[]", f"{len(self_test.ALL)} []"]
