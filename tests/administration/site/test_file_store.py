"""A site whose files lie on a store: what starts, what is carried there, what is backed up from it."""

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

import config
from consult.administration.backups import create, manifest, restoration
from consult.administration.site import one_site
from consult.clock import now
from consult.demo.commands import _forget_leftovers
from consult.files.places.opening import place_at
from consult.files.store import FileStore
from tests.administration.site.test_one_site import ELSEWHERE
from tests.administration.site.test_start_checks import given
from tests.s3_server import ENVIRONMENT, SECRET, S3Server

URL = "s3://gop-y/trang?endpoint=https://kho.tinh.vn"


def test_one_setting_puts_all_that_is_shared_on_the_store(tmp_path: Path) -> None:
    settings = config.settings(given(tmp_path, ELSEWHERE, CONSULT_FILES_URL=URL, **ENVIRONMENT))
    one_site.check(settings)
    assert all(str(settings[f"{kind.upper()}_FOLDER"]).startswith(f"s3://gop-y/trang/{kind}?") for kind in config.KEPT)
    assert isinstance(settings["MAIL_FOLDER"], Path) and SECRET not in str(settings)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"CONSULT_SHARED": "/tmp", **ENVIRONMENT}, "CONSULT_SHARED"),  # noqa: S108
        ({}, "CONSULT_FILES_KEY"),
        ({"CONSULT_FILES_URL": "s3://gop-y?endpoint=http://kho.tinh.vn", **ENVIRONMENT}, "CONSULT_FILES_URL"),
    ],
)
def test_what_contradicts_itself_or_lacks_something_does_not_start(
    tmp_path: Path, more: dict[str, str], named: str
) -> None:
    with pytest.raises(config.Misconfigured, match=named) as told:
        config.settings(given(tmp_path, ELSEWHERE, **{"CONSULT_FILES_URL": URL, **more}))
    assert SECRET not in told.value.format_message()


@pytest.fixture
def moving(app: Flask, s3: S3Server, tmp_path: Path) -> Path:
    """The folder that the site had, while its settings name the store."""
    for kind in config.KEPT:
        app.config[f"{kind.upper()}_FOLDER"] = place_at(s3.url).below(kind).address
    return tmp_path / "before"


def carried(app: Flask, folder: Path) -> str:
    """What the command says."""
    return app.test_cli_runner().invoke(args=["move-files", str(folder)]).output


def test_what_a_folder_held_is_carried_over_and_may_be_again(app: Flask, moving: Path, s3: S3Server) -> None:
    names = [FileStore(moving / "files").put(data) for data in (b"mot", b"hai")]
    for name in ("tables/small/x", "tables/a.lock", f"packages/large/{UUID(int=1).hex}/newest.json", "unsent/a.json"):
        place_at(moving).write(name, b"{}")
    assert "files: chuyển 2 tệp, có sẵn và khớp 0 tệp" in carried(app, moving)
    assert [FileStore(place_at(s3.url).below("files")).get(name) for name in names] == [b"mot", b"hai"]
    assert "site/unsent/a.json" in s3.store.objects and not s3.store.names("site/tables")
    s3.store.objects[f"site/files/{names[0][:2]}/{names[0]}"].data = b"khac"
    assert "files: chuyển 1 tệp, có sẵn và khớp 1 tệp" in carried(app, moving)


def test_a_damaged_file_is_named_and_left(app: Flask, moving: Path, s3: S3Server) -> None:
    store = FileStore(moving / "files")
    name, other = store.put(b"mot"), store.put(b"hai")
    store.path(name).write_bytes(b"khac")
    said = carried(app, moving)
    assert name in said and "Lỗi" in said
    assert s3.store.names("site/files") == [f"site/files/{other[:2]}/{other}"]
    s3.store.always = "503"
    assert "Kho tệp (CONSULT_FILES_URL) không dùng được" in carried(app, moving)


def test_a_demo_clears_no_store(s3: S3Server, tmp_path: Path) -> None:
    """Beside an empty database the settings may name the store, and the checkpoints, of the real site."""
    checkpoints = tmp_path / "checkpoints" / "1.json"
    checkpoints.parent.mkdir()
    checkpoints.write_text("{}")
    elsewhere = {"CONSULT_FILES_URL": s3.url, "CONSULT_CHECKPOINTS": str(checkpoints.parent), **ENVIRONMENT}
    settings = config.settings(given(tmp_path, ELSEWHERE, **elsewhere))
    store = FileStore(place_at(settings["FILES_FOLDER"]))
    name = store.put(b"mot")
    _forget_leftovers(settings)
    assert store.get(name) == b"mot" and checkpoints.exists()


def test_a_folder_that_the_settings_still_name_is_not_carried(app: Flask) -> None:
    assert "hãy đặt CONSULT_FILES_URL" in carried(app, app.config["FILES_FOLDER"].parent)


def test_a_backup_takes_files_from_the_store_and_restores_them_there(
    app: Flask, s3: S3Server, tmp_path: Path, sqlite_url: str
) -> None:
    here, other = (place_at(s3.url).below(name) for name in ("files", "restored"))
    name = FileStore(here).put(b"noi dung")
    database, keys = app.config["DATABASE_URL"], app.config["KEYS_FOLDER"]
    create.back_up(tmp_path / "one", database, here.address, keys, now(), scratch=tmp_path)
    earlier = create.EarlierBackup(tmp_path / "one", manifest.checked(tmp_path / "one"))
    s3.store.asked.clear()
    create.back_up(tmp_path / "two", database, here.address, keys, now(), scratch=tmp_path, earlier=earlier)
    assert not [one for one in s3.store.asked if name in one], "what an earlier one has is not fetched again"
    empty = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    restoration.restore(tmp_path / "two", empty, other.address, keys)
    assert FileStore(other).get(name) == b"noi dung"
    with pytest.raises(manifest.BackupFailed):
        restoration.restore(tmp_path / "two", f"sqlite:///{tmp_path / 'third.sqlite'}", here.address, keys)
