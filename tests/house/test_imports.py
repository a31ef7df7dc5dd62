"""Arrows only point down: who may import whom."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import (
    HOUSE,
    PASSAGES,
    TOP,
    Import,
    floor_of,
    imports_of,
    is_http,
    modules,
    nodes_of,
    room_of,
)

CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "fromtimestamp"}
CLOCK_OWNERS = {"datetime", "date", "time", "clock", "dt"}
# Keys sort by the moment they are made in; no rule depends on it.
# The last one is a program of the worker, and holds its stopwatch.
# A request to a store of files is signed for the minute in which it is sent.
MAY_READ_THE_CLOCK = {
    HOUSE / "clock.py", HOUSE / "db.py", HOUSE / "exports" / "program.py", HOUSE / "files" / "s3" / "exchange.py",
}  # fmt: skip
# Parsing and waiting are stopped after so many seconds, and findings hold as long, whatever day it is.
ROOMS_WITH_STOPWATCH = {"sandbox", "outbox", "writer_queue", "timed_cache", "outgoing", "traces"}


def own_imports() -> Iterator[tuple[Import, str]]:
    """Every import of one room by a file of another, with the name of the imported room."""
    for path in modules():
        for found in imports_of(path):
            parts = found.name.split(".")
            if parts[0] == "consult" and len(parts) > 1 and parts[1] != room_of(path):
                yield found, parts[1]


def test_every_room_stands_in_the_picture() -> None:
    strangers = sorted({room_of(path) for path in modules() if floor_of(room_of(path)) is None})
    assert not strangers, f"rooms without a floor in tests/house/rooms.py: {strangers}"


def test_arrows_point_down() -> None:
    wrong = []
    for found, used in own_imports():
        room = room_of(found.path)
        here, there = floor_of(room), floor_of(used)
        if here is None or there is None:
            continue
        beside = there == here and 0 < here < TOP and (room, used) not in PASSAGES
        if there > here or beside:
            wrong.append(f"{found.place}: {room} uses {used}")
    assert not wrong, "\n".join(wrong)


def test_nobody_uses_views_or_forms_of_another_room() -> None:
    wrong = [
        f"{found.place}: {found.name}"
        for found, used in own_imports()
        if room_of(found.path) not in {"__init__", "wiring"} and {"views", "forms"} & set(found.name.split(".")[2:4])
    ]
    assert not wrong, "\n".join(wrong)


def test_only_views_forms_and_commands_know_flask() -> None:
    wrong = [
        f"{found.place}: {found.name}"
        for path in modules()
        if not is_http(path)
        for found in imports_of(path)
        if found.name.split(".")[0].startswith(("flask", "werkzeug", "wtforms"))
    ]
    assert not wrong, "\n".join(wrong)


def test_rules_get_their_now_as_an_argument() -> None:
    wrong = []
    for path in modules():
        if path in MAY_READ_THE_CLOCK or is_http(path) or room_of(path) in ROOMS_WITH_STOPWATCH:
            continue
        wrong += [f"{found.place}: {found.name}" for found in imports_of(path) if found.name == "consult.clock.now"]
        wrong += [f"{path.relative_to(HOUSE)}:{line}" for line in _clock_readings(path)]
    assert not wrong, "\n".join(wrong)


def _clock_readings(path: Path) -> Iterator[int]:
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if name in CLOCK_OWNERS and not (name == "datetime" and node.func.attr == "fromtimestamp"):
                yield node.lineno


def test_outline_is_a_library_of_its_own() -> None:
    wrong = [
        f"{found.place}: {found.name}"
        for path in modules()
        if room_of(path) == "outline" and not is_http(path)
        for found in imports_of(path)
        if found.name.startswith(("flask", "sqlalchemy"))
        or (found.name.startswith("consult.") and not found.name.startswith(("consult.outline", "consult.text")))
    ]
    assert not wrong, "\n".join(wrong)


def test_comparison_is_a_library_of_its_own() -> None:
    known = ("consult.comparison", "consult.outline", "consult.text")
    wrong = [
        f"{found.place}: {found.name}"
        for path in modules()
        if room_of(path) == "comparison" and not is_http(path)
        for found in imports_of(path)
        if found.name.startswith(("flask", "sqlalchemy"))
        or (found.name.startswith("consult.") and not found.name.startswith(known))
    ]
    assert not wrong, "\n".join(wrong)


def test_merkle_arithmetic_uses_nothing_but_the_standard_library() -> None:
    foreign = [
        found.name
        for found in imports_of(HOUSE / "ledger" / "merkle.py")
        if found.name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert not foreign


def test_imports_stand_at_the_top() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in modules()
        for function in nodes_of(path)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not wrong, "\n".join(wrong)
