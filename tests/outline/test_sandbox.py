"""Whatever a hostile file makes a reader do, the site gets its answer in time."""

import ctypes
import json
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from consult import sandbox
from consult.sandbox import Limits, SandboxFailure, run
from tests.outline.docx_builder import docx, paragraph

MEGABYTE = 1024 * 1024


def failure(function: str, **limits: float) -> SandboxFailure:
    with pytest.raises(SandboxFailure) as caught:
        run(f"tests.outline.confined:{function}", data=b"", limits=Limits(**limits))  # type: ignore[arg-type]
    return caught.value


def network_can_be_removed() -> bool:
    """Whether this kernel lets an ordinary process leave the network."""
    return subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode == 0


def files_can_be_closed() -> bool:
    """Whether this kernel has Landlock."""
    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) > 0


def test_arguments_go_in_and_the_answer_comes_out(tmp_path: Path) -> None:
    answer = run("tests.outline.confined:echo", "tên", 2, None, data="Điều".encode())
    assert answer == {"data": "Điều", "arguments": ["tên", 2, None]}
    file = tmp_path / "file"
    file.write_bytes(b"from a file")
    assert run("tests.outline.confined:echo", data=file) == {"data": "from a file", "arguments": []}


def test_dataclasses_become_dictionaries() -> None:
    source = run("consult.outline.reading:read", "a.docx", data=docx(paragraph("Điều 1")))
    assert isinstance(source, dict)
    assert source["blocks"][0]["text"] == "Điều 1"
    assert json.loads(json.dumps(source)) == source


def test_a_refusal_keeps_its_code() -> None:
    refused = failure("refuse")
    assert (refused.code, refused.detail) == ("old_word", "a detail")


def test_a_bug_is_damage_and_tells_nothing_of_the_text() -> None:
    assert (failure("fail").code, failure("fail").detail) == ("damaged", "KeyError in the reading process")


@pytest.mark.parametrize("function", ["crash", "leave", "no_such_function"])
def test_a_crash_is_damage(function: str) -> None:
    assert failure(function).code == "damaged"


@pytest.mark.parametrize("function", ["forever", "wait_forever"])
def test_time_runs_out(function: str) -> None:
    began = time.monotonic()
    assert failure(function, seconds=0.7).code == "too_slow"
    assert time.monotonic() - began < 3


def test_processor_time_runs_out() -> None:
    assert failure("forever", processor_seconds=1, seconds=20).code == "too_slow"


def test_waiting_for_a_free_place_is_bounded_too() -> None:
    with sandbox._AT_ONCE, sandbox._AT_ONCE:
        refused = failure("echo", seconds=0.1)
    assert (refused.code, refused.detail) == ("too_slow", "no free place")


def test_memory_runs_out() -> None:
    assert failure("swallow_memory").code == "too_much_memory"


def test_an_answer_too_long_is_cut_off() -> None:
    assert failure("answer_too_long", answer=MEGABYTE).code == "too_large"


def test_the_process_sees_no_environment_no_input_and_no_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    seen = run("tests.outline.confined:surroundings", data=b"")
    assert isinstance(seen, dict)
    interfaces, environment = seen.pop("interfaces"), seen.pop("environment")
    assert seen == {"input": "", "flask": False}
    assert set(environment) <= {"LC_CTYPE"}  # Python itself sets it where there is no locale.
    assert not network_can_be_removed() or interfaces == ["lo"]


def test_the_process_writes_no_file() -> None:
    assert run("tests.outline.confined:write", data=b"") in ("OSError", "PermissionError")


def test_the_process_reads_no_file_of_the_site_where_the_kernel_permits(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    answers = [run("tests.outline.confined:look", str(path), data=b"") for path in (secret, "/etc/passwd", __file__)]
    assert not files_can_be_closed() or answers == ["PermissionError"] * 3


def test_the_process_reaches_no_server_where_the_kernel_permits() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        outcome = run("tests.outline.confined:connect", server.getsockname()[1], data=b"")
    assert not network_can_be_removed() or outcome in ("OSError", "PermissionError")


def test_nothing_is_left_open_or_running() -> None:
    before = sorted(os.listdir("/proc/self/fd"))
    failure("wait_forever", seconds=0.3)
    run("tests.outline.confined:echo", data=b"")
    assert sorted(os.listdir("/proc/self/fd")) == before


@pytest.mark.real
def test_decree_08_2022_is_read_within_the_limits(samples: Path) -> None:
    read = run("consult.outline.reading:read", "a.docx", data=samples / "legal" / "08_2022_ND-CP_m_479457.docx")
    assert isinstance(read, dict) and len(read["blocks"]) > 3000
