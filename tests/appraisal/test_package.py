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
from consult.appraisal.package.archive import RESERVED, Archive, safe_name
from consult.consultations.models import Consultation
from consult.db import writing
from consult.files.store import FileStore
from consult.responses.appraisal.service import packages_of
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification.log import entries
from consult.transparency.verification.packages import check_packages
from tests.responses.investor_scene import PLANTED, Project, make_project

NOT_FOR_APPRAISAL = ("Hoàng Văn Kín", "0912 345 678", "kin@thu-rieng.example", "Tày Văn Rút", "nộp tại nhà ông Kín")
"""Who said it and how to reach them; what was said is all read there."""


@pytest.fixture
def project(app: Flask, app_session: Session) -> Iterator[Project]:
    """With everybody, on the real clock."""
    yield make_project(app, app_session)


def taken(project: Project, who: str) -> bytes:
    """The package as `who` downloads it."""
    answer = project.enter(who).client.get(f"{project.base}ho-so-tham-dinh/ho-so.zip")
    assert answer.status_code == 200, answer.status_code
    data = answer.get_data()
    answer.close()
    return data


def words(data: bytes) -> str:
    """Everything that can be read in an archive, also inside of the files of Office in it."""
    said = []
    with ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            inner = parts.read(name)
            said += [name, words(inner) if name.endswith((".docx", ".xlsx")) else inner.decode("utf-8", "replace")]
    return "\n".join(said)


def test_it_is_checked_by_the_tools_that_it_names(project: Project, tmp_path: Path) -> None:
    data = taken(project, "appraising officer")
    with ZipFile(BytesIO(data)) as parts:
        parts.extractall(tmp_path)
        names = set(parts.namelist())
    sums = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert sums.returncode == 0, sums.stdout
    assert len(sums.stdout.splitlines()) == len(names) - 1
    verifier = [sys.executable, "6-nhat-ky/verify_ledger.py", "6-nhat-ky", project.desk.matter.slug]
    checked = subprocess.run(verifier, cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    manifest = (tmp_path / "MANIFEST.txt").read_text("utf-8")
    assert "KHÔNG CÓ TRONG HỒ SƠ" in manifest and "do cá nhân gửi" in manifest
    assert "Số ý kiến đã nhận: 5." in (tmp_path / "5-xac-nhan/so-lieu.txt").read_text("utf-8")


def test_the_same_content_is_the_same_bytes(project: Project) -> None:
    first = taken(project, "appraising officer")
    assert first == taken(project, "officer")
    project.desk.receive("Thêm một ý kiến.")
    assert first != taken(project, "officer")


@pytest.mark.parametrize(
    ("who", "secret"),
    [("appraising officer", NOT_FOR_APPRAISAL), ("publisher", NOT_FOR_APPRAISAL),
     ("investor officer", (*PLANTED, "Giáo xứ Kín"))],
)  # fmt: skip
def test_it_holds_nothing_that_who_takes_it_may_not_know(project: Project, who: str, secret: tuple[str, ...]) -> None:
    said = words(taken(project, who))
    assert [word for word in secret if word in said] == []
    assert "Đề nghị lùi trạm trộn ra xa trường." in said
    assert ("Nhà tôi ở địa chỉ ngõ Kín." in said) is (who != "investor officer")


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
    publisher.post(f"{own}chuyen/", {"csrf_token": csrf}, status=409)
    with app.extensions["consult.database"].session() as other, writing(other, matter.id):
        other.get_one(Consultation, matter.id).concluded_at = clock.now()
    done = publisher.get(own).submit(button="Chuyển hồ sơ thẩm định")
    assert "Đã chuyển hồ sơ" in done.text
    app_session.rollback()
    (made,) = packages_of(app_session, matter.id)
    kept = project.enter("appraising officer").client.get(f"{own}lan-1.zip")
    assert hashlib.sha256(kept.get_data()).hexdigest() == made.file_hash
    kept.close()
    project.enter("investor officer").get(f"{own}lan-1.zip", status=404)
    assert made.file_hash in project.enter("Front").get(f"/nhat-ky/{matter.slug}/").text
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
