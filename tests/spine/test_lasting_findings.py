"""Looks that cost something are had by one for all, and nobody waits for who is looking."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consult.timed_cache import TimedCache
from consult.web import health


def test_a_finding_holds_as_long_as_it_says() -> None:
    found, looks = TimedCache(0), iter(range(1, 9))
    assert [found.now(lambda: (next(looks), 60.0)) for _ in range(3)] == [1, 1, 1]
    passing = TimedCache(0)
    assert [passing.now(lambda: (next(looks), 0.0)) for _ in range(3)] == [2, 3, 4]


def test_who_comes_while_another_looks_is_told_what_was_found_before() -> None:
    found, begun, enough = TimedCache("before"), threading.Event(), threading.Event()

    def look() -> tuple[str, float]:
        begun.set()
        enough.wait()
        return "after", 60.0

    with ThreadPoolExecutor() as others:
        looking = others.submit(found.now, look)
        begun.wait()
        assert found.now(look) == "before"
        enough.set()
        assert looking.result() == found.now(look) == "after"


def test_a_look_that_breaks_off_is_had_again() -> None:
    found = TimedCache(1)
    with pytest.raises(ZeroDivisionError):
        found.now(lambda: (1 // 0, 60.0))
    assert found.now(lambda: (2, 60.0)) == 2


def test_a_disk_is_tried_once_for_all_who_ask_within_a_moment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tried: list[int] = []
    monkeypatch.setattr(os, "fsync", tried.append)
    assert all(health.writable(tmp_path) for _ in range(50))
    assert len(tried) == 1
