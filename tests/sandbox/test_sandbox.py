"""Whatever a hostile file makes a reader do, the site gets its answer in time."""

import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consult.sandbox import Limits, SandboxFailure, memory_slots, run
from consult.sandbox.memory_slots import MemorySlots, NoPlace
from tests.outline.docx_builder import docx, paragraph
from tests.sandbox.walls import everything_taken, nothing_left

MEGABYTE = 1024 * 1024


def failure(function: str, **limits: float) -> SandboxFailure:
    with pytest.raises(SandboxFailure) as caught:
        run(f"tests.sandbox.confined:{function}", data=b"", limits=Limits(**limits))  # type: ignore[arg-type]
    return caught.value


def test_arguments_go_in_and_the_answer_comes_out(tmp_path: Path) -> None:
    answer = run("tests.sandbox.confined:echo", "tên", 2, None, data="Điều".encode())
    assert answer == {"data": "Điều", "arguments": ["tên", 2, None]}
    file = tmp_path / "file"
    file.write_bytes(b"from a file")
    assert run("tests.sandbox.confined:echo", data=file) == {"data": "from a file", "arguments": []}


def test_dataclasses_become_dictionaries() -> None:
    source = run("consult.outline.readers:read", "a.docx", data=docx(paragraph("Điều 1")))
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
    with everything_taken():
        refused = failure("echo", seconds=0.1)
    assert refused.code == "no_place" and refused.blameless


def test_what_must_be_done_at_once_finds_memory_that_nothing_else_takes() -> None:
    with everything_taken():
        echoed = run("tests.sandbox.confined:echo", data=b"", limits=Limits(128 * MEGABYTE, at_once=True))
    assert echoed == {"data": "", "arguments": []}


def test_what_must_be_done_at_once_does_not_wait() -> None:
    with nothing_left():
        began = time.monotonic()
        assert failure("echo", seconds=20, at_once=True).code == "no_place"
        assert time.monotonic() - began < 3


def test_memory_runs_out() -> None:
    assert failure("swallow_memory").code == "too_much_memory"


def test_an_answer_too_long_is_cut_off() -> None:
    assert failure("answer_too_long", answer=MEGABYTE).code == "too_large"


def test_the_process_sees_no_environment_no_input_and_no_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    seen = run("tests.sandbox.confined:surroundings", data=b"")
    assert isinstance(seen, dict)
    environment = seen.pop("environment")
    assert seen == {"input": "", "flask": False}
    assert set(environment) <= {"LC_CTYPE"}  # Python itself sets it where there is no locale.


def test_the_process_writes_no_file() -> None:
    assert run("tests.sandbox.confined:write", data=b"") in ("OSError", "PermissionError")


def test_the_process_reads_no_file_of_the_site(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    answers = [run("tests.sandbox.confined:look", str(path), data=b"") for path in (secret, "/etc/passwd", __file__)]
    assert answers == ["PermissionError"] * 3


def test_the_process_reaches_no_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        outcome = run("tests.sandbox.confined:connect", server.getsockname()[1], data=b"")
    assert outcome == "PermissionError"


def test_nothing_is_left_open_or_running() -> None:
    before = sorted(os.listdir("/proc/self/fd"))
    failure("wait_forever", seconds=0.3)
    run("tests.sandbox.confined:echo", data=b"")
    assert sorted(os.listdir("/proc/self/fd")) == before


@pytest.mark.real
def test_decree_08_2022_is_read_within_the_limits(samples: Path) -> None:
    read = run("consult.outline.readers:read", "a.docx", data=samples / "legal" / "08_2022_ND-CP_m_479457.docx")
    assert isinstance(read, dict) and len(read["blocks"]) > 3000


def places(folder: Path, parts: int) -> MemorySlots:
    return MemorySlots(folder, parts * memory_slots.PART)


def test_memory_is_shared_by_all_who_know_the_folder(tmp_path: Path) -> None:
    one, other = places(tmp_path, 5), places(tmp_path, 5)
    with (
        one.taken(3 * memory_slots.PART, time.monotonic()) as given,
        other.taken(2 * memory_slots.PART, time.monotonic()),
    ):
        assert given == 3 * memory_slots.PART
        with pytest.raises(NoPlace), other.taken(1, time.monotonic()):
            pass
    with other.taken(5 * memory_slots.PART, time.monotonic()):
        pass


def test_what_is_kept_back_is_beside_all_others(tmp_path: Path) -> None:
    shared, part = places(tmp_path, 3), memory_slots.PART
    with shared.taken(9 * part, time.monotonic()) as all_of_it:
        assert all_of_it == 3 * part
        with (
            shared.taken(memory_slots.KEPT_BACK * part, time.monotonic(), at_once=True),
            pytest.raises(NoPlace),
            shared.taken(part, time.monotonic(), at_once=True),
        ):
            pass
    with shared.taken(9 * part, time.monotonic(), at_once=True) as with_what_is_kept_back:
        assert with_what_is_kept_back == (3 + memory_slots.KEPT_BACK) * part


def test_who_waits_at_the_door_does_not_keep_out_what_must_be_done_at_once(tmp_path: Path) -> None:
    shared, part = places(tmp_path, 2), memory_slots.PART
    with shared.taken(part, time.monotonic()), ThreadPoolExecutor() as others:
        waiting = others.submit(lambda: shared.taken(2 * part, time.monotonic() + 2).__enter__())
        while not (tmp_path / "1").exists():
            pass
        for _ in range(3):
            with shared.taken(part, time.monotonic() + 0.5, at_once=True):
                assert not waiting.done()
        assert isinstance(waiting.exception(), NoPlace)


def test_what_needs_more_than_there_is_gets_all_there_is(tmp_path: Path) -> None:
    with places(tmp_path, 2).taken(8 * memory_slots.PART, time.monotonic()) as given:
        assert given == 2 * memory_slots.PART


def test_who_was_refused_half_its_memory_keeps_none_of_it(tmp_path: Path) -> None:
    shared = places(tmp_path, 3)
    with shared.taken(2 * memory_slots.PART, time.monotonic()):
        with pytest.raises(NoPlace), shared.taken(2 * memory_slots.PART, time.monotonic() + 0.05):
            pass
        with shared.taken(memory_slots.PART, time.monotonic()):
            pass


def test_memory_of_a_killed_process_is_free_again(tmp_path: Path) -> None:
    holder = (
        "import sys, time; from pathlib import Path; from consult.sandbox.memory_slots import MemorySlots\n"
        "with MemorySlots(Path(sys.argv[1]), 1 << 27).taken(1 << 27, time.monotonic()):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        with pytest.raises(NoPlace), MemorySlots(tmp_path, 1 << 27).taken(1, time.monotonic()):
            pass
        process.kill()
    with MemorySlots(tmp_path, 1 << 27).taken(1 << 27, time.monotonic()):
        pass


def test_half_of_what_there_is_within_bounds_is_for_confined_processes(tmp_path: Path) -> None:
    gigabyte = 1024 * MEGABYTE
    assert [memory_slots.suitable(memory) for memory in (gigabyte // 2, 3 * gigabyte // 2, 64 * gigabyte)] == [
        512 * MEGABYTE, 768 * MEGABYTE, 1024 * MEGABYTE,
    ]  # fmt: skip
    machine = memory_slots.available(tmp_path)
    (tmp_path / "memory.max").write_text("max\n")
    assert memory_slots.available(tmp_path) == machine
    (tmp_path / "memory.max").write_text(f"{300 * MEGABYTE}\n")
    assert memory_slots.available(tmp_path) == 300 * MEGABYTE
