"""`ledger verify` finds nothing wrong with what the services wrote."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult import clock
from consult.db import new_id
from consult.files.store import FileStore
from consult.responses.intake import scans
from consult.stages import Stage
from consult.submissions.models import Comment, CommentAct
from consult.submissions.receiving.models import Attachment
from consult.transparency import row_reading
from consult.transparency.commands import group
from consult.transparency.verification.service import Tampered, verify
from tests.api.test_reading import verified
from tests.builders import make_consultation
from tests.house.texts import catalogue
from tests.live import served
from tests.reading.texts.test_pictures import draft, painting, uploaded
from tests.responses.desk_builder import SIGNER
from tests.transparency.lively import Lively, make_lively


def test_everything_that_services_write_holds(app: Flask, lively: Lively) -> None:
    said = app.test_cli_runner().invoke(group, ["verify", lively.slug])
    assert said.exit_code == 0, said.output
    assert said.output.endswith("Tất cả đều khớp (số đợt đã kiểm tra: 1).\n")
    assert "điểm cuối ở" in said.output


def test_what_is_not_there_is_said_in_one_sentence(app: Flask) -> None:
    said = app.test_cli_runner().invoke(group, ["verify", "khong-co"])
    assert (said.exit_code, said.output) == (1, "Lỗi: Không có đợt lấy ý kiến đã công bố nào có địa chỉ khong-co.\n")


def test_every_public_matter_is_checked_at_once(app: Flask, lively: Lively, app_session: Session) -> None:
    other = make_consultation(app_session, Stage.OPEN)
    make_consultation(app_session, Stage.DRAFTING)
    runner = app.test_cli_runner()
    assert runner.invoke(group, ["verify", "--all"]).output.endswith("(số đợt đã kiểm tra: 2).\n")
    app_session.execute(text("UPDATE consultation SET summary = 'Khac' WHERE id = :id"), {"id": other.id.hex})
    app_session.commit()
    said = runner.invoke(group, ["verify", "--all"])
    assert said.exit_code == 1 and f"{lively.slug}:" in said.output and f"{other.slug}:" in said.output
    assert said.output.splitlines()[-1].startswith(f"Lỗi: Không khớp: {other.slug}: ")
    for arguments in (["verify"], ["verify", lively.slug, "--all"]):
        assert runner.invoke(group, arguments).output == (
            "Lỗi: Hãy nêu địa chỉ của một đợt hoặc dùng --all, không dùng cả hai.\n"
        )


def test_it_holds_on_both_databases_until_something_is_changed(session: Session, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    lively = make_lively(session, files)
    session.expire_all()
    assert len(list(verify(session, lively.matter, files, SIGNER))) == 21
    session.execute(text("UPDATE comment_version SET text = 'Khác' WHERE version = 2"))
    session.expire_all()
    with pytest.raises(Tampered, match=f"comment {lively.amended}, version 2: its text"):
        list(verify(session, lively.matter, files, SIGNER))


def test_words_whose_salt_is_gone_are_gone_too(session: Session, tmp_path: Path) -> None:
    """Otherwise who takes the salt away may have anything read in their place."""
    files = FileStore(tmp_path)
    lively = make_lively(session, files)
    session.execute(text("UPDATE comment_version SET text_salt = NULL, text = 'Khác' WHERE version = 2"))
    session.expire_all()
    with pytest.raises(Tampered, match=f"comment {lively.amended}, version 2: its text"):
        list(verify(session, lively.matter, files, SIGNER))


def test_a_comment_that_was_slipped_in_is_named(session: Session, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    lively = make_lively(session, files)
    here = Comment.consultation_id == lively.matter.id
    one = session.scalars(select(Comment).where(here).order_by(Comment.number)).first()
    assert one is not None
    session.add(
        Comment(
            consultation_id=one.consultation_id, id=new_id(), number=9_999, submission_id=one.submission_id,
            position=99, received_at=one.received_at,
        )
    )  # fmt: skip
    session.commit()
    with pytest.raises(Tampered, match="comment 9999"):
        list(verify(session, lively.matter, files, SIGNER))


def test_a_part_is_as_the_whole_that_it_is_part_of(session: Session, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    lively = make_lively(session, files)
    decided = [act for act in session.scalars(select(CommentAct)) if "as_whole" in act.details]
    assert len(decided) == 4
    decided[0].details = {"as_whole": lively.private}
    session.commit()
    with pytest.raises(Tampered, match="it was decided of another comment"):
        list(verify(session, lively.matter, files, SIGNER))


def test_a_changed_file_is_named(app: Flask, lively: Lively) -> None:
    store: FileStore = app.extensions["consult.files"]
    next(path for path in store.folder.rglob("*") if path.is_file()).write_bytes(b"something else")
    said = app.test_cli_runner().invoke(group, ["verify", lively.slug])
    assert said.exit_code == 1
    assert "tệp" in said.output


def test_what_does_not_hold_is_told_in_the_language_of_who_asks(
    app: Flask, app_session: Session, lively: Lively, monkeypatch: pytest.MonkeyPatch
) -> None:
    app_session.execute(text("UPDATE comment_version SET text = 'Khác' WHERE version = 2"))
    app_session.commit()
    said = app.test_cli_runner().invoke(group, ["verify", lively.slug]).output
    assert f"ý kiến số {lively.amended}, lần 2: phần text (hoặc chuỗi ngẫu nhiên của nó) không phải điều mà mục" in said
    monkeypatch.setenv("CONSULT_LANG", "en")
    said = app.test_cli_runner().invoke(group, ["verify", lively.slug]).output
    assert f"comment {lively.amended}, version 2: its text (or the salt of it) is not what entry" in said


def test_every_sentence_that_verifying_tells_is_in_both_catalogues() -> None:
    told = {
        code
        for path in [*Path(row_reading.__file__).parent.rglob("*.py")]
        for code in re.findall(r'Told\(\s*"(tampered\.\w+)"', path.read_text("utf-8"))
    }
    assert len(told) > 100
    for spoken in ("vi", "en"):
        assert told == {code for code in catalogue(spoken) if code.startswith("tampered.")}


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"something else")])
def test_a_picture_that_is_lost_or_changed_is_named(
    app: Flask, app_session: Session, spoil: Callable[[Path], object]
) -> None:
    upload = uploaded(app, draft(painting("red")))
    matter = make_consultation(app_session, Stage.OPEN, now=clock.now(), upload=upload)
    runner = app.test_cli_runner()
    assert runner.invoke(group, ["verify", matter.slug]).exit_code == 0
    [picture] = upload.pictures
    spoil(app.extensions["consult.files"].path(picture))
    said = runner.invoke(group, ["verify", matter.slug])
    assert said.exit_code == 1 and picture in said.output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE provision SET text = text || '.' WHERE path = 'd2.k1'", "entry 0: the text that the API gives"),
        ("UPDATE comment_version SET text = 'Khac' WHERE text = 'Đồng ý với ba nhóm.'", "does not open its commitment"),
        ("UPDATE response_version SET text = 'Khac' WHERE text = 'Tiếp thu ý kiến.'", "is not the one that was logged"),
        ("UPDATE consultation SET summary = 'Khac'", "entry 0: the facts"),
        ('DELETE FROM ledger_entry WHERE "index" = 5', "entry 5"),
        ("UPDATE ledger_entry SET body = replace(body, 'web', 'api') WHERE \"index\" = 3", "entry 3"),
    ],
)
def test_the_outsiders_verifier_names_what_was_changed(
    app: Flask, lively: Lively, app_session: Session, change: str, told: str
) -> None:
    app_session.rollback()
    app_session.execute(text(change))
    app_session.commit()
    with served(app) as address:
        said = verified(address, lively.slug)
    assert said.returncode == 1, said.stdout + said.stderr
    assert told in said.stdout.splitlines()[-1]


def test_a_scan_that_was_set_aside_is_in_the_log(app: Flask, lively: Lively, app_session: Session) -> None:
    scan = app_session.scalars(select(Attachment).where(Attachment.role == scans.SCAN)).one()
    scans.set_aside(app_session, lively.matter, scan.id, "Của lá thư khác.", lively.desk.officer, clock.now())
    assert app.test_cli_runner().invoke(group, ["verify", lively.slug]).exit_code == 0
    with served(app) as address:
        said = verified(address, lively.slug)
    assert said.returncode == 0, said.stdout + said.stderr
    app_session.execute(text("UPDATE attachment SET set_aside_at = NULL"))
    app_session.commit()
    told = app.test_cli_runner().invoke(group, ["verify", lively.slug])
    assert told.exit_code == 1 and "số tệp quét đã để riêng" in told.output
