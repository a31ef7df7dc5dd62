"""A file is there whole or not at all, and nothing of a failure or a killed process is left."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from consult.files.atomic_write import UNFINISHED, is_unfinished, whole, write_whole
from consult.files.bounded_cache import BoundedCache
from consult.files.pending_uploads import PendingUploads
from consult.files.store import FileStore
from consult.files.temporary_files import TemporaryFileSweep
from consult.notices.sending.delivery import ToFolder
from tests.builders import NOW
from tests.house.rooms import CHECKOUT

BOUNDED = """
import resource, sys
from pathlib import Path
from consult.files.store import FileStore
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    FileStore(Path(sys.argv[1])).put(b"x" * 5000)
except OSError as failed:
    print(failed.errno)
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from consult.files.atomic_write import whole
with whole(Path(sys.argv[1]) / "name") as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_finds_no_room_leaves_nothing(tmp_path: Path) -> None:
    told = run(BOUNDED, tmp_path)
    assert told.returncode == 0 and told.stdout.strip().isdigit(), told.stderr
    assert files_in(tmp_path) == []


def test_a_failure_half_way_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_whole(path, b"before")
    with pytest.raises(ZeroDivisionError), whole(path) as file:
        file.write(b"half of it")
        raise ZeroDivisionError
    assert files_in(tmp_path) == [path] and path.read_bytes() == b"before"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    with pytest.raises(OSError):
        FileStore(in_the_way / "files").put(b"x")
    with pytest.raises(OSError):
        PendingUploads(in_the_way / "waiting").put(b"x", NOW)


def test_a_picture_that_cannot_be_kept_is_shown_all_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    kept = BoundedCache(in_the_way, 1000)
    kept.put("a.webp", b"x")
    assert files_in(tmp_path) == [in_the_way]


def test_a_killed_process_leaves_what_is_swept_a_day_later(tmp_path: Path) -> None:
    assert run(KILLED, tmp_path).returncode == -signal.SIGKILL
    [left] = files_in(tmp_path)
    assert is_unfinished(left.name) and left.name.startswith(UNFINISHED)
    os.utime(left, (NOW.timestamp(), NOW.timestamp()))
    sweeping = TemporaryFileSweep([tmp_path, tmp_path / "nowhere"])
    sweeping.sweep(None, NOW + timedelta(hours=23))
    assert files_in(tmp_path) == [left]
    sweeping.sweep(None, NOW + timedelta(hours=25))
    assert files_in(tmp_path) == []


def test_a_name_of_old_is_swept_and_a_whole_file_is_not(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    name = store.put(b"whole")
    old = store.path(name).parent / "tmpongh7006"
    old.write_bytes(b"half")
    for path in (old, store.path(name)):
        os.utime(path, (0, 0))
    TemporaryFileSweep([tmp_path]).sweep(None, NOW)
    assert files_in(tmp_path) == [store.path(name)]


def test_a_mail_is_for_nobody_elses_eyes(tmp_path: Path) -> None:
    write_whole(tmp_path / "mail" / "a.eml", b"x")
    assert (tmp_path / "mail" / "a.eml").stat().st_mode & 0o077 == 0
    assert ToFolder(tmp_path).folder == tmp_path


def test_the_worker_of_the_site_sweeps_its_folders(app: Flask) -> None:
    left = Path(app.config["FILES_FOLDER"]) / "72" / f"{UNFINISHED}of-yore"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    app.extensions["consult.worker"].tidy(NOW)
    assert not left.exists()
