"""What was changed on the server's disk after it was kept is handed to nobody: not a byte of it, by any address."""

import io
import wave

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.files import uploaded_files
from consult.consultations.files.pdf_pages import PdfReader
from consult.consultations.matter import queries
from consult.consultations.preparation.summaries import NewSummary, put_summary, read_sound
from consult.files.store import FileStore
from consult.people.words import Role
from consult.stages import Stage
from consult.web import context
from tests.builders import make_actor, make_consultation, make_organisation
from tests.pages import Browser
from tests.pdfs import words_pdf


@pytest.fixture
def kept(app: Flask, app_session: Session) -> dict[str, str]:
    """The names of the files behind the addresses of a matter: its draft, which is drawn as well, and its sound."""
    files: FileStore = app.extensions["consult.files"]
    body = make_organisation(app_session)
    upload = uploaded_files.read_upload(words_pdf(["Một", "Hai"]), "dự thảo.pdf", files, PdfReader())
    matter = make_consultation(app_session, Stage.OPEN, now=clock.now(), upload=upload, slug="dtm", lead=body)
    with wave.open(held := io.BytesIO(), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    told = read_sound(held.getvalue(), "a.wav", 1_000_000, files)
    officer = make_actor(app_session, body, Role.OFFICER)
    put_summary(app_session, matter, NewSummary("en", "Words.", told), officer, clock.now())
    draft = queries.current_revision(app_session, matter.id).file_hash
    return {
        "/lay-y-kien/dtm/tai-ve/1/1/": draft,
        "/lay-y-kien/dtm/tom-tat/en/am-thanh.wav": told.file_hash,
        "/lay-y-kien/dtm/tai-lieu/1/1/trang/2/anh.webp": draft,
    }


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("harm", ["a byte", "longer", "gone"])
def test_a_damaged_file_is_told_and_not_given(app: Flask, kept: dict[str, str], place: int, harm: str) -> None:
    address, name = list(kept.items())[place]
    path = app.extensions["consult.files"].path(name)
    right = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(right + b"x" if harm == "longer" else right[:-1] + bytes([right[-1] ^ 1]))
    asked: tuple[dict[str, str], ...] = ({}, {"Range": "bytes=0-9"})
    for headers in asked:
        answer = app.test_client().get(address, headers=headers)
        assert answer.status_code == 503 and right[:20] not in answer.data
        assert "không còn đúng như đã công bố" in answer.get_data(as_text=True)
    assert "no longer what was published" in app.test_client().get("/en" + address).get_data(as_text=True)
    with app.app_context():
        assert context.damages().found() == [name]
    path.write_bytes(right)
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    answer.close()
    with app.app_context():
        assert context.damages().found() == []


def test_a_file_that_is_right_is_given_whole_and_in_parts(app: Flask, kept: dict[str, str], browser: Browser) -> None:
    address = "/lay-y-kien/dtm/tai-ve/1/1/"
    whole = app.test_client().get(address)
    assert len(whole.data) == int(whole.headers["Content-Length"]) and whole.headers["ETag"] == f'"{kept[address]}"'
    part = app.test_client().get(address, headers={"Range": "bytes=5-14"})
    assert (part.status_code, part.data) == (206, whole.data[5:15])
    again = app.test_client().get(address, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for answer in (whole, part, again):
        answer.close()
