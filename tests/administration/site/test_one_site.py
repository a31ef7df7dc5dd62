"""Settings that would split a site in two do not start it, and a folder that all machines see holds what they share."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

import config
from consult.administration.site import one_site
from tests.administration.site.test_start_checks import given

ELSEWHERE = "postgresql+psycopg://consult:hidden@10.1.2.3/consult"
MOUNTS = (
    "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw",
    "30 22 0:40 / /srv/shared\\040disk rw - nfs4 10.1.2.9:/consult rw",
    "31 30 8:2 / /srv/shared\\040disk/own rw - ext4 /dev/sdb1 rw",
    "32 22 0:41 / /srv/twice rw - ext4 /dev/sdc1 rw",
    "33 32 0:42 / /srv/twice rw - cifs //10.1.2.9/consult rw",
)


def test_files_on_the_own_disk_beside_a_database_of_others_do_not_start(tmp_path: Path) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_SHARED") as told:
        one_site.check(config.settings(given(tmp_path, ELSEWHERE)))
    assert "hidden" not in told.value.format_message()


def test_who_says_where_they_are_shared_starts_and_has_them_there(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    settings = config.settings(given(tmp_path / "own", ELSEWHERE, CONSULT_SHARED=str(shared)))
    one_site.check(settings)
    told = ("FILES_FOLDER", "WAITING_FOLDER", "ANSWERS_FOLDER", "UNSENT_FOLDER", "TABLES_FOLDER", "PACKAGES_FOLDER")
    assert {settings[name].parent for name in told} == {shared}
    assert settings["MAIL_FOLDER"].parent == shared and settings["SEARCH_FOLDER"].parent == tmp_path / "own"


def test_a_shared_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    with pytest.raises(config.Misconfigured, match="CONSULT_SHARED"):
        config.settings(given(tmp_path, ELSEWHERE, CONSULT_SHARED=str(absent)))
    assert not absent.exists()


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("postgresql+psycopg://consult@/consult?host=/run/postgresql", True),
        ("postgresql+psycopg://consult@/consult", True),
        ("postgresql+psycopg://consult@localhost/consult", True),
        ("postgresql+psycopg://consult@127.0.0.1:5433/consult", True),
        ("postgresql+psycopg://consult@127.0.1.1/consult", True),
        ("postgresql+psycopg://consult@[::1]/consult", True),
        ("postgresql+psycopg://consult@LocalHost/consult?hostaddr=127.0.0.1", True),
        ("postgresql+psycopg://consult@/consult?host=localhost:5433&host=[::1]:5433", True),
        ("postgresql+psycopg://consult@127.database.vn/consult", False),
        ("postgresql+psycopg://consult@localhost/consult?hostaddr=10.1.2.3", False),
        ("postgresql+psycopg://consult@/consult?hostaddr=10.1.2.3", False),
        ("postgresql+psycopg://consult@/consult?service=consult", False),
        ("postgresql+psycopg://consult@database/consult", False),
        ("postgresql+psycopg://consult@/consult?host=db1,db2", False),
        ("postgresql+psycopg://consult@/consult?host=db1&host=db2", False),
    ],
)
def test_a_database_is_here_or_elsewhere(url: str, here: bool) -> None:
    assert one_site.on_this_machine(make_url(url)) is here


def test_a_database_that_only_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """libpq takes it from there where the address names none."""
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE"):
        with monkeypatch.context() as here:
            here.setenv(name, "10.1.2.3")
            assert not one_site.on_this_machine(make_url("postgresql+psycopg://consult@/consult"))
    monkeypatch.setenv("PGHOST", "10.1.2.3")
    assert one_site.on_this_machine(make_url("postgresql+psycopg://consult@localhost/consult"))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/consult/consult.sqlite", "ext4"),
        ("/srv/shared disk/consult.sqlite", "nfs4"),
        ("/srv/shared disk/own/consult.sqlite", "ext4"),
        ("/srv/shared disks/consult.sqlite", "ext4"),
        ("/srv/twice/consult.sqlite", "cifs"),
    ],
)
def test_the_disk_of_a_file_is_known(path: str, kind: str) -> None:
    assert one_site.kind_of_disk(Path(path), MOUNTS) == kind


def test_a_file_of_sqlite_on_a_network_disk_does_not_start(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text("22 1 0:40 / / rw - nfs4 10.1.2.9:/consult rw\n")
    monkeypatch.setattr(one_site, "MOUNTS", table)
    with pytest.raises(config.Misconfigured, match="nfs4"):
        one_site.check(config.settings(given(tmp_path, sqlite_url)))
