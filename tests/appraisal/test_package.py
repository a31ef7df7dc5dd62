"""The package for appraisal: one archive with the hash of everything in it, the same bytes each time, checked by the
tools it names, without anything that who takes it may not know; handed over as a public act."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.appraisal.package import program
from consult.appraisal.package.beside import PackageHandlers
from consult.appraisal.package.generation import file_of
from consult.appraisal.readable import Taker
from consult.consultations.models import Consultation
from consult.db import writing
from consult.files.archive import RESERVED, Archive, safe_name
from consult.files.store import FileStore
from consult.ledger import entries as ledger_entries
from consult.ledger import service as ledger
from consult.responses.answers import public_sums
from consult.responses.appraisal.service import packages_of
from consult.submissions.acts import service as acts
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification.log import entries
from consult.transparency.verification.packages import check_packages
from tests.pages import Browser
from tests.responses.investor_scene import PLANTED, Project, make_project

NOT_FOR_APPRAISAL = ("Hoàng Văn Kín", "0912 345 678", "kin@thu-rieng.example", "Tày Văn Rút", "nộp tại nhà ông Kín")
"""Who said it and how to reach them; what was said is all read there."""


@pytest.fixture
def project(app: Flask, app_session: Session) -> Iterator[Project]:
    """With everybody, on the real clock."""
    yield make_project(app, app_session)


def made(app: Flask, matter_id: UUID) -> None:
    """Has the package made as it stands, in this process: what is in it does not depend on that."""
    making: PackageHandlers = app.extensions["consult.following_packages"]
    with app.extensions["consult.database"].session() as session:
        program.carry_out(making._order(session, matter_id, clock.now()))


def taken(app: Flask, project: Project, who: str) -> bytes:
    """The package that stands now, as `who` downloads it."""
    made(app, project.desk.matter.id)
    return given(project.enter(who), f"{project.base}ho-so-tham-dinh/ho-so.zip")


def given(browser: Browser, address: str) -> bytes:
    """A file as it is downloaded."""
    answer = browser.client.get(address)
    assert answer.status_code == 200, answer.status_code
    data = answer.get_data()
    answer.close()
    return data


def concluded(app: Flask, matter_id: UUID) -> None:
    """The matter ends, as if all were answered."""
    with app.extensions["consult.database"].session() as other, writing(other, matter_id):
        both, now = (public_sums.outcome(other, matter_id), public_sums.visibility(other, matter_id)), clock.now()
        ledger.append(other, matter_id, [ledger_entries.concluded(*both)], now)
        other.get_one(Consultation, matter_id).concluded_at = now


def words(data: bytes) -> str:
    """Everything that can be read in an archive, also inside of the files of Office in it."""
    said = []
    with ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            inner = parts.read(name)
            said += [name, words(inner) if name.endswith((".docx", ".xlsx")) else inner.decode("utf-8", "replace")]
    return "\n".join(said)


@pytest.mark.parametrize("taker", Taker)
def test_it_is_checked_by_the_tools_that_it_names(app: Flask, project: Project, tmp_path: Path, taker: Taker) -> None:
    made(app, project.desk.matter.id)
    packages = app.extensions["consult.following_packages"].packages
    newest = packages.newest(project.desk.matter.id)
    with packages.open(project.desk.matter.id, newest, file_of(taker)) as file, ZipFile(file) as parts:
        parts.extractall(tmp_path)
        names = set(parts.namelist())
        # The report is in it once.
        hashes = [
            hashlib.sha256(parts.read(name)).hexdigest() for name in names if "bao-cao" in name or "file-" in name
        ]
    assert len(hashes) == len(set(hashes)) == 1
    sums = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert sums.returncode == 0, sums.stdout
    assert len(sums.stdout.splitlines()) == len(names) - 1
    verifier = [sys.executable, "6-nhat-ky/verify_ledger.py", "6-nhat-ky", project.desk.matter.slug]
    checked = subprocess.run(verifier, cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    manifest = (tmp_path / "MANIFEST.txt").read_text("utf-8")
    assert "KHÔNG CÓ TRONG HỒ SƠ" in manifest and "do cá nhân gửi" in manifest
    assert "Số ý kiến đã nhận: 5." in (tmp_path / "5-xac-nhan/so-lieu.txt").read_text("utf-8")


def test_the_same_content_is_the_same_bytes(app: Flask, project: Project) -> None:
    first = taken(app, project, "appraising officer")
    assert first == taken(app, project, "officer")
    project.desk.receive("Thêm một ý kiến.")
    assert first != taken(app, project, "officer")


@pytest.mark.parametrize(
    ("who", "secret"),
    [("appraising officer", NOT_FOR_APPRAISAL), ("publisher", NOT_FOR_APPRAISAL),
     ("investor officer", (*PLANTED, "Giáo xứ Kín"))],
)  # fmt: skip
def test_it_holds_nothing_that_who_takes_it_may_not_know(
    app: Flask, project: Project, who: str, secret: tuple[str, ...]
) -> None:
    said = words(taken(app, project, who))
    assert [word for word in secret if word in said] == []
    assert "Đề nghị lùi trạm trộn ra xa trường." in said
    assert ("Nhà tôi ở địa chỉ ngõ Kín." in said) is (who != "investor officer")


def test_the_one_for_everybody_holds_what_anybody_reads_and_no_more(
    app: Flask, project: Project, browser: Browser
) -> None:
    address = f"/lay-y-kien/{project.desk.matter.slug}/ho-so-tham-van.zip"
    browser.get(address, status=404)
    concluded(app, project.desk.matter.id)
    assert "đang được lập" in browser.get(address, status=503).text
    made(app, project.desk.matter.id)
    said = words(given(browser, address))
    unread = (*PLANTED, "Giáo xứ Kín", "Đề nghị lùi trạm trộn ra xa trường.", "religious:", '"religious"')
    assert [word for word in unread if word in said] == []
    assert "Bụi quá nhiều […]" in said and "mọi người (bản công khai)" in said
    assert browser.get(f"/lay-y-kien/{project.desk.matter.slug}/").find(f"//a[@href='{address}']")
    acts.release(project.desk.session, project.desk.matter, [project.plain], project.desk.officer, clock.now())
    made(app, project.desk.matter.id)
    assert "Đề nghị lùi trạm trộn ra xa trường." in words(given(browser, address))


@pytest.mark.parametrize("who", ["another Department", "Front", "administrator"])
def test_nobody_else_takes_it(project: Project, who: str) -> None:
    for name in ("", "ho-so.zip", "lan-1.zip"):
        assert project.enter(who).client.get(f"{project.base}ho-so-tham-dinh/{name}").status_code in (403, 404)


def test_it_is_handed_over_once_the_matter_is_concluded_and_the_log_has_its_hash(
    app: Flask, app_session: Session, project: Project
) -> None:
    matter, publisher = project.desk.matter, project.enter("publisher")
    own = f"{project.base}ho-so-tham-dinh/"
    assert "Chuyển được khi" in publisher.get(own).text
    csrf = publisher.get(own).find("//input[@name='csrf_token']/@value")[0]
    made(app, matter.id)
    publisher.post(f"{own}chuyen/", {"csrf_token": csrf}, status=409)
    concluded(app, matter.id)
    made(app, matter.id)
    done = publisher.get(own).submit(button="Chuyển hồ sơ thẩm định")
    assert "Đã chuyển hồ sơ" in done.text and "Từ khi lập hồ sơ này" in done.text
    app_session.rollback()
    (handed,) = packages_of(app_session, matter.id)
    kept = given(project.enter("appraising officer"), f"{own}lan-1.zip")
    assert hashlib.sha256(kept).hexdigest() == handed.file_hash
    project.enter("investor officer").get(f"{own}lan-1.zip", status=404)
    assert handed.file_hash in project.enter("Front").get(f"/nhat-ky/{matter.slug}/").text
    assert "chuyển hồ sơ tham vấn lần 1" in project.enter("Front").get(f"/lay-y-kien/{matter.slug}/").text
    _is_held_against_the_log(app, app_session, matter.id)
    project.enter("officer").post(f"{own}chuyen/", {"csrf_token": csrf}, status=404)


def _is_held_against_the_log(app: Flask, session: Session, matter_id: UUID) -> None:
    """What was handed over is verified with the rows, and whether its file is still there."""
    files, log = app.extensions["consult.files"], Log(entries(session, matter_id))
    assert check_packages(session, matter_id, log, files) == 1
    with pytest.raises(Tampered), TemporaryDirectory() as empty:
        check_packages(session, matter_id, log, FileStore(Path(empty)))
    with pytest.raises(Tampered):
        check_packages(session, matter_id, Log([]), files)


HOSTILE = ("../../etc/passwd", "C:\\x\\CON.pdf", "nul", "aux.tar.gz", "a\u0301o.pdf", " .. ", "x" * 300 + ".pdf",
           "biên bản\nhọp.pdf", "\u202egpj.exe", "…", "-rf.pdf", "Công văn 12/UBND.pdf", "com1.txt", "")  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_leads_nowhere(name: str) -> None:
    safe = safe_name(name)
    assert safe == safe_name(safe) and safe.isascii() and 0 < len(safe) <= 100
    assert "/" not in safe and "\\" not in safe and not safe.startswith((".", "-")) and not safe.endswith((".", " "))
    assert safe.partition(".")[0].lower() not in RESERVED


def test_a_part_outside_of_the_archive_is_refused() -> None:
    with Archive(BytesIO()) as archive:
        archive.add("1-bao-cao/a.pdf", b"")
        for name in ("../a", "/a", "1-bao-cao/a.pdf", "1-bao-cao/../b", "con/a"):
            with pytest.raises(ValueError, match="no name"):
                archive.add(name, b"")
