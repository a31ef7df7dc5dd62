"""One backup each night beside the earlier ones: little is copied twice, and the disk never stays full of old ones."""

import json
import os
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from consult.administration.backups import MANIFEST, BackupFailed, create, manifest, state
from consult.administration.backups.nightly import NightlyResult, Site, alone, earlier_ones, nightly
from consult.files.store import FileStore
from tests.builders import NOW
from tests.house.rooms import CHECKOUT

LARGE = b"a long report " * 20_000
DAY = timedelta(days=1)


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Site:
    """A site with two files, one of them larger than all the rest."""
    app.extensions["consult.files"].put(LARGE)
    app.extensions["consult.files"].put(b"a small one")
    config = app.config
    folder = tmp_path / "backups"
    return Site(config["DATABASE_URL"], config["FILES_FOLDER"], config["KEYS_FOLDER"], config["INSTANCE"], folder, 30)


def nights(site: Site, number: int) -> list[NightlyResult]:
    """So many nights, the last of them NOW."""
    return [nightly(site, NOW - DAY * before) for before in reversed(range(number))]


def large_in(backup: Path) -> Path:
    """The copy of the large file in a backup."""
    [found] = (path for path in (backup / "files").rglob("*") if path.is_file() and path.stat().st_size >= len(LARGE))
    return found


def bytes_on_disk(folder: Path) -> int:
    """What the files of a folder take, those with several names counted once."""
    return sum({path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()}.values())


def on_disk_of(size: int, site: Site) -> Site:
    """The same site with its backups on a disk of so many bytes."""
    return replace(site, free=lambda folder: size - bytes_on_disk(folder))


def test_an_unchanged_file_lies_there_once(site: Site) -> None:
    made = nights(site, 3)
    assert len({large_in(one.folder).stat().st_ino for one in made}) == 1
    assert made[0].added - made[2].added > len(LARGE) and made[2].size == made[0].size
    for one in made:
        assert len(manifest.checked(one.folder).files) == one.count
    for one in made[:2]:
        large_in(one.folder).unlink()
    assert large_in(made[2].folder).read_bytes() == LARGE


def test_a_copy_gone_bad_is_not_passed_on(site: Site) -> None:
    first, second = nights(site, 2)
    large_in(second.folder).write_bytes(LARGE[:-1] + b"?")
    third = nightly(site, NOW + DAY)
    assert large_in(third.folder).read_bytes() == LARGE
    assert {one.values["name"] for one in third.complaints} == {first.folder.name, second.folder.name}
    assert state(site.instance).failing and "bị hỏng" in state(site.instance).sentence
    assert not nightly(site, NOW + 2 * DAY).complaints and not state(site.instance).failing


def test_two_in_one_minute_lie_side_by_side(site: Site) -> None:
    made = [nightly(site, NOW).folder for _ in range(3)]
    assert earlier_ones(site.folder) == made and len(set(made)) == 3
    assert all({path.name for path in one.iterdir()} <= {"database", "files", "ledger-keys", MANIFEST} for one in made)


def test_of_two_at_once_the_second_says_so(site: Site) -> None:
    with alone(site.instance), pytest.raises(BackupFailed, match="under_way"):
        nightly(site, NOW)
    assert state(site.instance).failed_at is None
    nightly(site, NOW)


def test_what_is_too_old_goes_first_but_never_the_newest_whole_one(site: Site) -> None:
    old = [nightly(site, NOW - DAY * age).folder for age in (47, 46, 45)]
    (old[2] / "database").write_bytes(b"broken")
    made = nightly(site, NOW)
    assert earlier_ones(site.folder) == [old[1], made.folder]
    assert list(made.let_go) == [old[0], old[2]]
    assert nightly(site, NOW + DAY).let_go == [old[1]]


def test_a_disk_full_of_old_ones_takes_the_new_one(site: Site) -> None:
    first = nightly(site, NOW - 3 * DAY)
    room = on_disk_of(int(first.size * 2.2) + 1024 * 1024, site)
    # Each night the large file is another: nothing can be shared.
    for night in (2, 1, 0):
        large_in(site.files.parent).unlink()
        FileStore(site.files).put(b"%d" % night + LARGE)
        made = nightly(room, NOW - DAY * night)
        assert earlier_ones(site.folder)[-1] == made.folder and not made.complaints
    assert made.let_go and len(earlier_ones(site.folder)) == 2


def test_too_small_a_disk_keeps_the_newest_whole_one_and_is_told(site: Site) -> None:
    _old, newest = nights(site, 2)
    with pytest.raises(BackupFailed, match="no_room"):
        nightly(on_disk_of(newest.size, site), NOW + DAY)
    assert earlier_ones(site.folder) == [newest.folder]
    manifest.checked(newest.folder)
    known = state(site.instance)
    assert known.failing and "còn trống" in known.sentence and known.succeeded_at == NOW
    assert (known.folder, known.count, known.size) == (str(newest.folder), newest.count, newest.size)


def test_what_is_written_down_is_vietnamese_whoever_asks(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_LANG", "en")
    in_the_way = site.folder / "file"
    site.folder.mkdir()
    in_the_way.write_text("")
    for folder in (site.instance / "backups", in_the_way / "backups"):
        with pytest.raises((BackupFailed, OSError)):
            nightly(replace(site, folder=folder), NOW)
        said = state(site.instance).sentence
        assert str(folder.parent) in said and ("nằm trong" in said or "Không tìm thấy" in said), said


def test_what_failed_leaves_nothing_behind(site: Site) -> None:
    nights(site, 1)
    gone = replace(site, database_url=f"{site.database_url}-gone")
    with pytest.raises(BackupFailed, match="-gone"):
        nightly(gone, NOW + DAY)
    assert [path for path in site.folder.rglob("*") if "unfinished" in path.name and any(path.iterdir())] == []
    (site.folder / "unfinished-2020-01-01-0000" / "files").mkdir(parents=True)
    nightly(site, NOW + DAY)
    assert not list(site.folder.glob("unfinished-*")) and len(earlier_ones(site.folder)) == 2


@pytest.mark.parametrize("place", ["instance", "files", "keys"])
def test_no_backup_inside_what_is_backed_up(site: Site, place: str) -> None:
    inside = getattr(site, place) / "backups"
    with pytest.raises(BackupFailed, match="inside_the_site"):
        nightly(replace(site, folder=inside), NOW)
    assert not inside.exists()


def test_no_backup_inside_another(site: Site, tmp_path: Path) -> None:
    [made] = nights(site, 1)
    (tmp_path / "other-name").symlink_to(made.folder)
    for folder in (made.folder / "files" / "more", tmp_path / "other-name" / "more"):
        with pytest.raises(BackupFailed, match="inside_a_backup"):
            create.back_up(folder, site.database_url, site.files, site.keys, NOW)
    manifest.checked(made.folder)


def test_half_written_files_are_left_out_and_keys_taken_whole(site: Site) -> None:
    (site.files / "ab").mkdir(exist_ok=True)
    (site.files / "ab" / "tmpx1y2z3_a").write_bytes(b"half a file")
    (site.keys / "receipts").mkdir(exist_ok=True)
    (site.keys / "receipts" / "1.key").write_bytes(b"secret")
    [made] = nights(site, 1)
    names = {name for name in manifest.read(made.folder).files if not name.endswith(".key")}
    assert len(names) == 3 and not any("tmp" in name for name in names)
    assert (made.folder / "ledger-keys" / "receipts" / "1.key").read_bytes() == b"secret"


def test_a_file_of_the_site_that_is_not_what_it_was_is_told_and_kept(site: Site) -> None:
    large_in(site.files.parent).write_bytes(b"?" + LARGE)
    [made] = nights(site, 1)
    assert made.complaints[0].code == "files_changed"
    assert state(site.instance).failing and state(site.instance).succeeded_at == NOW
    assert large_in(made.folder).read_bytes() == b"?" + LARGE


@pytest.mark.parametrize("record", ["", "{", "[]", '{"succeeded_at": 3}', '{"failed_at": "x"}', '{"more": 1}'])
def test_a_record_that_nobody_can_read_knows_nothing(tmp_path: Path, record: str) -> None:
    (tmp_path / "backup-state.json").write_text(record)
    assert state(tmp_path).succeeded_at is None and not state(tmp_path).failing


def test_the_command_says_what_it_did(app: Flask, site: Site) -> None:
    runner = app.test_cli_runner()
    unset = runner.invoke(args=["backup", "nightly"])
    assert unset.exit_code != 0 and "CONSULT_BACKUP_FOLDER" in unset.output and unset.output.count("\n") == 1
    app.config["BACKUP_FOLDER"] = site.folder
    done = runner.invoke(args=["backup", "nightly"])
    [made] = earlier_ones(site.folder)
    assert done.exit_code == 0 and str(made) in done.output
    checked = runner.invoke(args=["backup", "check", str(made)])
    assert checked.exit_code == 0 and "không mã hóa" in checked.output
    large_in(made).unlink()
    broken = runner.invoke(args=["backup", "check", str(made)])
    assert broken.exit_code != 0 and "bị hỏng" in broken.output
    again = runner.invoke(args=["backup", "nightly"])
    assert again.exit_code != 0 and again.output.splitlines()[-1].startswith("Lỗi: ")


def test_manifests_that_lead_elsewhere_are_none(site: Site) -> None:
    [made] = nights(site, 1)
    said = json.loads((made.folder / MANIFEST).read_text())
    for name in ("../outside", "files/../../outside", "/etc/hostname", "other/file"):
        (made.folder / MANIFEST).write_text(json.dumps({**said, "files": {**said["files"], name: "0" * 64}}))
        with pytest.raises(BackupFailed, match="strange_manifest"):
            manifest.read(made.folder)


def test_the_program_of_the_timer_makes_one(site: Site, app: Flask) -> None:
    program = CHECKOUT / "deploy" / "backup"
    given = {
        **os.environ,
        "CONSULT_INSTANCE": str(site.instance),
        "CONSULT_DATABASE_URL": site.database_url,
        "CONSULT_BACKUP_FOLDER": str(site.folder),
    }
    done = subprocess.run([program], env=given, capture_output=True, text=True, check=False)
    [made] = earlier_ones(site.folder)
    assert done.returncode == 0 and str(made) in done.stdout, done.stderr
    assert made.stat().st_mode & 0o007 == 0
    known = state(site.instance)
    assert known.folder == str(made) and not known.failing
