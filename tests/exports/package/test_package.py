"""The package of a matter: made beside the site, told how far it is, the same bytes each time, with hashes in it."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask

from consult import clock
from consult.exports import table_state
from consult.exports.package import program
from consult.exports.package.beside import CasePackageHandlers
from consult.exports.package.contents import STEPS
from consult.exports.printed import table_pdf
from consult.outbox.worker import Worker
from consult.submissions.words import CommentActKind
from tests.builders import DRAFT
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.ending.scene import SECRET, answered, ended

Work = Callable[..., datetime]


@pytest.fixture(autouse=True)
def draft_is_kept(app: Flask) -> None:
    """The file of the draft, which builders do not put into the store."""
    app.extensions["consult.files"].put(DRAFT.encode())


@pytest.fixture
def making(app: Flask) -> CasePackageHandlers:
    made: CasePackageHandlers = app.extensions["consult.case_packages"]
    return made


@pytest.fixture
def work(app: Flask, making: CasePackageHandlers) -> Iterator[Work]:
    """Has the worker do what is due after so many seconds, and waits for what it started beside itself."""
    worker: Worker = app.extensions["consult.worker"]

    def works(seconds: float = 0) -> datetime:
        moment = clock.now() + timedelta(seconds=seconds)
        while worker.work_once(moment):
            pass
        if making.program is not None:
            making.program.wait()
        return moment

    yield works
    making.close()


def made(app: Flask, desk: Desk, later: timedelta = timedelta()) -> bytes:
    """The package as it stands, made in this process, so much later."""
    making: CasePackageHandlers = app.extensions["consult.case_packages"]
    desk.session.commit()
    with app.extensions["consult.database"].session() as session:
        program.carry_out(making._order(session, desk.matter.id, clock.now() + later))
    newest = making.packages.newest(desk.matter.id)
    assert newest is not None
    with making.packages.open(desk.matter.id, newest, "ho-so.zip") as file:
        return file.read()


def test_it_is_asked_for_made_by_a_program_of_its_own_and_taken(desk: Desk, enter: Enter, work: Work) -> None:
    ended(desk)
    officer = enter("officer")
    page = officer.get(f"/xu-ly/{desk.matter.slug}/ho-so/")
    assert "Chưa có hồ sơ nào" in page.text
    waits = page.submit(button="Lập hồ sơ")
    assert "Máy đang lập hồ sơ" in waits.text
    work()
    work(10)
    given = officer.get(f"/xu-ly/{desk.matter.slug}/ho-so/").click("Tải hồ sơ (.zip)")
    assert given.body[:2] == b"PK" and given.headers["Cache-Control"] == "no-store"


def test_how_far_it_is_stands_on_the_page(desk: Desk, enter: Enter, making: CasePackageHandlers) -> None:
    ended(desk)
    officer = enter("officer")
    officer.get(f"/xu-ly/{desk.matter.slug}/ho-so/").submit(button="Lập hồ sơ")
    making.packages.begin(desk.matter.id, "now")
    making.packages.note_done(desk.matter.id, 3, STEPS)
    assert f"Đã xong 3 trên {STEPS} phần." in officer.get(f"/xu-ly/{desk.matter.slug}/ho-so/").text


def test_everything_is_in_it_with_its_hash(app: Flask, desk: Desk, tmp_path: Path) -> None:
    ended(desk)
    with ZipFile(BytesIO(made(app, desk))) as parts:
        parts.extractall(tmp_path)
        names = set(parts.namelist())
    sums = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert sums.returncode == 0, sums.stdout
    for name in (
        "MANIFEST.txt", "2-bang-tong-hop/bang-tong-hop.docx", "2-bang-tong-hop/bang-tong-hop.xlsx",
        "2-bang-tong-hop/bang-tong-hop.pdf", "2-bang-tong-hop/noi-bo-co-ten-nguoi-gui.docx", "3-van-ban/phan-bien.csv",
        "4-tra-loi/1-tra-loi.docx", "4-tra-loi/1-bao-cao.docx", "5-bao-cao/bao-cao-tong-hop.docx",
    ):  # fmt: skip
        assert name in names, sorted(names)
    assert any(name.startswith("1-du-thao/") for name in names)
    manifest = (tmp_path / "MANIFEST.txt").read_text("utf-8")
    assert "CÁCH KIỂM TRA" in manifest and "5-bao-cao/bao-cao-tong-hop.docx" in manifest


def test_names_stand_in_the_table_that_says_so_and_nowhere_else(app: Flask, desk: Desk) -> None:
    ended(desk)
    with ZipFile(BytesIO(made(app, desk))) as parts:
        for name in parts.namelist():
            inner = parts.read(name)
            if name.endswith((".docx", ".xlsx")):
                with ZipFile(BytesIO(inner)) as office:
                    inner = b"".join(map(office.read, office.namelist()))
            assert (SECRET.encode() in inner) is ("noi-bo" in name), name


def test_of_a_concluded_matter_it_is_the_same_bytes(app: Flask, desk: Desk) -> None:
    ended(desk)
    assert made(app, desk) == made(app, desk, timedelta(minutes=5))


def test_what_was_closed_since_is_given_to_nobody(app: Flask, desk: Desk, enter: Enter) -> None:
    answered(desk)
    made(app, desk)
    officer = enter("officer")
    here = f"/xu-ly/{desk.matter.slug}/ho-so/"
    assert officer.get(f"{here}ho-so.zip").body[:2] == b"PK"
    desk.by_two(1, CommentActKind.WITHHELD, "personal_data")
    desk.session.commit()
    assert officer.client.get(f"{here}ho-so.zip").status_code == 303


def test_what_nobody_may_have_any_more_is_taken_away(app: Flask, desk: Desk, making: CasePackageHandlers) -> None:
    answered(desk)
    made(app, desk)
    worker: Worker = app.extensions["consult.worker"]
    worker.tidy(clock.now())
    assert making.packages.matters() == [desk.matter.id]
    desk.by_two(1, CommentActKind.WITHHELD, "personal_data")
    desk.session.commit()
    worker.tidy(clock.now())
    assert making.packages.matters() == []


def test_a_draft_written_since_is_told(app: Flask, desk: Desk, enter: Enter) -> None:
    answered(desk)
    made(app, desk)
    (number,) = desk.receive("Thêm.")
    desk.draft(number)
    desk.session.commit()
    assert "đã có việc mới" in enter("officer").get(f"/xu-ly/{desk.matter.slug}/ho-so/").text


def test_a_large_office_table_lies_in_what_was_made(
    app: Flask, desk: Desk, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(desk)
    monkeypatch.setattr(table_state, "MOST_COMMENTS", 1)
    officer, address = enter("officer"), f"/xu-ly/{desk.matter.slug}/noi-bo/ban-lam-viec.xlsx"
    waits = officer.client.get(address)
    assert waits.status_code == 303 and waits.location.endswith("/ho-so/")
    made(app, desk)
    assert officer.get(address).body[:2] == b"PK"


def test_of_a_table_too_long_for_a_pdf_the_office_is_told_so(
    app: Flask, desk: Desk, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(desk)
    monkeypatch.setattr(table_state, "MOST_COMMENTS", 1)
    monkeypatch.setattr(table_pdf, "MOST_ROWS", 0)
    made(app, desk)
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/noi-bo/co-ten-nguoi-gui.pdf", status=404)
    assert page.heading == "Bảng quá dài để lập PDF" and "/noi-bo/co-ten-nguoi-gui.docx" in page.body.decode()
