"""A site begins with Whoosh and goes over to FTS5 when it has outgrown it: at every moment something answers."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.search.engines import fts5_index, outgrowing
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.outgrowing import OutgrowingEngine
from consult.search.engines.seam import Document, IndexChange
from consult.search.engines.selection import engine_of
from consult.search.engines.whoosh_index import WhooshIndex
from consult.stages import Stage
from consult.submissions.acts import service as acts
from tests.builders import NOW
from tests.house.rooms import CHECKOUT
from tests.responses.desk_builder import make_desk
from tests.search.engine import documents, engine_with, follow, found, numbers, put

FEW = ("nước", "rác", "đất")


def site(folder: Path, outgrown: int = 3) -> OutgrowingEngine:
    """One process of a site."""
    return OutgrowingEngine(WhooshIndex(folder), Fts5Index(folder), outgrown)


def test_a_site_begins_with_whoosh(app: Flask, tmp_path: Path) -> None:
    engine = app.extensions["consult.search"]
    assert isinstance(engine, OutgrowingEngine) and engine.outgrown == outgrowing.OUTGROWN
    small = engine_with(site(tmp_path), *FEW)
    assert isinstance(small, OutgrowingEngine)
    assert small.ready() and small.whoosh.ready() and not small.fts5.begun()


def test_every_process_goes_over_when_the_index_is_outgrown(tmp_path: Path) -> None:
    worker, one, other = site(tmp_path), site(tmp_path), site(tmp_path)
    engine_with(worker, *FEW)
    earlier = one.version()
    put(worker, documents(*FEW, "rừng"))
    assert (numbers(one, "rung"), worker.ready(), one.fts5.begun()) == ([4], False, False)
    seen: list[list[int]] = []

    def read() -> list[Document]:
        seen.extend((numbers(one, "rung"), numbers(other, "rung")))
        return documents(*FEW, "rừng")

    assert worker.rebuild(read) == 4
    assert all(some == [4] for some in seen) and seen
    assert [numbers(engine, "rung") for engine in (worker, one, other)] == [[4]] * 3
    assert worker.ready() and worker.fts5.ready() and not worker.whoosh.ready()
    assert one.version() == other.version() != earlier


def test_nothing_goes_back(tmp_path: Path) -> None:
    engine = site(tmp_path)
    engine_with(engine, *FEW, "rừng")
    assert engine.fts5.ready() and not engine.whoosh.ready()
    engine_with(engine, "rác")
    assert engine.fts5.ready() and numbers(engine, "rac") == [1]
    for path in tmp_path.glob("*.sqlite"):
        path.write_bytes(b"torn")
    assert not site(tmp_path).ready()
    engine_with(site(tmp_path), "rác")
    assert site(tmp_path).fts5.ready() and not site(tmp_path).whoosh.ready()


def test_a_site_on_fts5_stays_on_it_also_after_its_version_changed(tmp_path: Path) -> None:
    engine_with(Fts5Index(tmp_path), "rác")
    assert site(tmp_path).ready() and numbers(site(tmp_path), "rac") == [1]
    (tmp_path / "fts5-v0-0").symlink_to("nowhere")
    Fts5Index(tmp_path).file.link.unlink()
    engine_with(site(tmp_path), "rác")
    assert site(tmp_path).fts5.ready()


def test_where_fts5_is_missing_whoosh_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fts5_index, "there", lambda: False)
    monkeypatch.setattr(outgrowing, "OUTGROWN", 1)
    engine = engine_with(engine_of("auto", tmp_path), *FEW)
    assert isinstance(engine, WhooshIndex) and engine.ready()


def test_a_build_that_is_killed_leaves_whoosh_answering(tmp_path: Path) -> None:
    engine = site(tmp_path)
    engine_with(engine, *FEW)
    put(engine, documents(*FEW, "rừng"))
    killed = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom tests.search.engine import documents\n"
        "from tests.search.engines.test_growth import site\n"
        "def read():\n"
        "    yield from documents('nước', 'rác', 'đất', 'rừng')\n"
        "    if engine.fts5.begun(): os.kill(os.getpid(), signal.SIGKILL)\n"
        "engine = site(Path(sys.argv[1]))\nengine.rebuild(read)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    ended = subprocess.run([sys.executable, "-c", killed, str(tmp_path)], cwd=CHECKOUT, env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert engine.fts5.begun() and not engine.ready()
    assert numbers(engine, "rung") == numbers(site(tmp_path), "rung") == [4]
    put(engine, documents(*FEW, "biển"))
    assert numbers(engine, "bien") == [4]
    assert engine.rebuild(lambda: documents(*FEW, "biển")) == 4
    assert engine.ready() and engine.fts5.ready() and numbers(engine, "bien") == [4]


def test_what_changes_while_fts5_is_built_is_not_lost(tmp_path: Path) -> None:
    engine = site(tmp_path, outgrown=2)
    WhooshIndex(tmp_path).rebuild(lambda: documents(*FEW))
    inside, go_on = threading.Event(), threading.Event()
    facts = [*FEW]

    def read() -> Iterable[Document]:
        now = documents(*facts)
        if engine.fts5.begun():
            inside.set()
            assert go_on.wait(10)
        return now

    building = threading.Thread(target=site(tmp_path, outgrown=2).rebuild, args=(read,))
    building.start()
    assert inside.wait(10)
    facts.append("rừng")
    changing = threading.Thread(target=_follow, args=(site(tmp_path, outgrown=2), facts))
    changing.start()
    go_on.set()
    building.join(20)
    changing.join(20)
    assert engine.fts5.ready() and numbers(engine, "rung") == [4]


def _follow(engine: OutgrowingEngine, facts: list[str]) -> None:
    """As the worker does after an event: what is missing is built."""
    try:
        engine.index(lambda: [IndexChange(one.group, (one,)) for one in documents(*facts)])
    except outgrowing.Unavailable:
        engine.rebuild(lambda: documents(*facts))


def test_somebody_who_searches_all_the_time_is_always_answered(tmp_path: Path) -> None:
    worker, reader = site(tmp_path, outgrown=40), site(tmp_path)
    engine_with(worker, *["rác"] * 40)
    done = threading.Event()

    def goes_over() -> None:
        try:
            put(worker, documents(*["rác"] * 400))
            assert not worker.ready()
            worker.rebuild(lambda: documents(*["rác"] * 400))
        finally:
            done.set()

    building = threading.Thread(target=goes_over)
    building.start()
    asked = 0
    while not done.is_set() or asked < 20:
        assert len(numbers(reader, "rac")) == 10 and reader.version()
        asked += 1
    building.join(20)
    assert reader.fts5.ready()


def test_the_worker_goes_over_after_the_event_that_was_one_too_many(session: Session, tmp_path: Path) -> None:
    desk = make_desk(session, Stage.OPEN)
    engine = site(tmp_path, outgrown=10_000)
    follow(session, engine)
    assert engine.whoosh.ready() and not engine.fts5.begun()
    before = found(session, engine, "cong kenh")
    engine.outgrown = engine.whoosh.count()
    acts.release(session, desk.matter, desk.receive("Xe thu gom."), desk.officer, NOW)
    follow(session, engine, NOW)
    assert engine.fts5.ready() and not engine.whoosh.ready()
    assert found(session, engine, "cong kenh") == before
    assert found(session, engine, "xe thu gom")
