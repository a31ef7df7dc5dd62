"""The matter in short in other languages: who may tell it, what is taken, how it is read and listened to."""

import io
import struct
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Summary
from consult.consultations.models import Consultation
from consult.consultations.preparation.summaries import (
    NewSummary,
    put_summary,
    read_sound,
    remove_summary,
    summaries_of,
    summary_in,
)
from consult.errors import Invalid, NotFound, Refused
from consult.files.store import FileStore
from consult.people.models import Organisation
from consult.people.words import Role
from consult.policy import Actor
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_consultation, make_organisation, make_user
from tests.pages import Browser

LARGEST = 100_000
NASTY = "<script>alert(1)</script> {{ 7*7 }}\n\nMeo <b>muaj</b>"


def wave(seconds: int = 1) -> bytes:
    """A WAVE file with this much silence."""
    samples = bytes(8000 * seconds)
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


@pytest.fixture
def body(session: Session) -> Organisation:
    """Who leads."""
    return make_organisation(session)


@pytest.fixture
def matter(session: Session, body: Organisation) -> Consultation:
    """An open matter of theirs."""
    return make_consultation(session, Stage.OPEN, lead=body)


@pytest.fixture
def officer(session: Session, body: Organisation) -> Actor:
    """An officer of theirs."""
    return make_actor(session, body, Role.OFFICER)


def test_a_summary_takes_the_place_of_the_one_before(session: Session, matter: Consultation, officer: Actor) -> None:
    before = matter.content_version
    put_summary(session, matter, NewSummary("en", "First."), officer, NOW)
    put_summary(session, matter, NewSummary("en", "Second."), officer, NOW)
    put_summary(session, matter, NewSummary("hmn", "placeholder"), officer, NOW)
    assert [(one.language, one.text) for one in summaries_of(session, matter.id)] == [
        ("en", "Second."),
        ("hmn", "placeholder"),
    ]
    kept = session.scalars(select(Summary.text).where(Summary.consultation_id == matter.id)).all()
    assert sorted(kept) == ["First.", "Second.", "placeholder"]
    session.refresh(matter)
    assert matter.content_version == before + 3


def test_a_sound_stays_until_it_is_left_out_or_replaced(
    session: Session, matter: Consultation, officer: Actor, tmp_path: Path
) -> None:
    sound = read_sound(wave(), "tóm tắt.mp3", LARGEST, FileStore(tmp_path))
    assert (sound.media_type, sound.name) == ("audio/wav", "tóm tắt.mp3.wav")
    put_summary(session, matter, NewSummary("en", "With sound.", sound), officer, NOW)
    put_summary(session, matter, NewSummary("en", "Other words."), officer, NOW)
    assert summary_in(session, matter.id, "en").audio_hash == sound.file_hash
    put_summary(session, matter, NewSummary("en", "Silent.", silent=True), officer, NOW)
    assert summary_in(session, matter.id, "en").audio_hash == ""


def test_a_removed_summary_is_told_no_more(session: Session, matter: Consultation, officer: Actor) -> None:
    put_summary(session, matter, NewSummary("en", "Words."), officer, NOW)
    remove_summary(session, matter, "en", officer, NOW)
    assert summaries_of(session, matter.id) == []
    with pytest.raises(NotFound):
        remove_summary(session, matter, "en", officer, NOW)


@pytest.mark.parametrize(
    ("new", "errors"),
    [
        (NewSummary("", "Words."), {"language": "required"}),
        (NewSummary("vi", "Words."), {"language": "not_a_language"}),
        (NewSummary("vi-VN", "Words."), {"language": "not_a_language"}),
        (NewSummary("../en", "Words."), {"language": "not_a_language"}),
        (NewSummary("EN\n", "Words."), {"language": "not_a_language"}),
        (NewSummary("en", " \n"), {"text": "required"}),
        (NewSummary("en", "x" * 10_001), {"text": "too_long"}),
    ],
)
def test_what_is_no_summary_is_refused(
    session: Session, matter: Consultation, officer: Actor, new: NewSummary, errors: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as invalid:
        put_summary(session, matter, new, officer, NOW)
    assert invalid.value.errors == errors
    assert summaries_of(session, matter.id) == []


def test_only_the_leading_body_may_and_not_after_withdrawal(
    session: Session, matter: Consultation, body: Organisation, officer: Actor
) -> None:
    stranger = make_actor(session, make_organisation(session), Role.OFFICER)
    with pytest.raises(NotFound):
        put_summary(session, matter, NewSummary("en", "Words."), stranger, NOW)
    with pytest.raises(NotFound):
        put_summary(session, matter, NewSummary("en", "Words."), make_actor(session, body, Role.LEADER), NOW)
    withdrawn = make_consultation(session, Stage.WITHDRAWN, lead=body)
    with pytest.raises(Refused):
        put_summary(session, withdrawn, NewSummary("en", "Words."), officer, NOW)
    for stage in (Stage.DRAFTING, Stage.CONCLUDED):
        put_summary(session, make_consultation(session, stage, lead=body), NewSummary("en", "Words."), officer, NOW)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7\n%%EOF", "not_a_played_sound"),
        (b"ID3 only a name", "damaged_file"),
        (b"OggS\0 and then nothing of the kind", "damaged_file"),
        (b"MZ" + bytes(200), "not_a_played_sound"),
        (wave(20), "sound_too_large"),
    ],
)
def test_the_content_of_a_sound_decides(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        read_sound(data, "tom-tat.mp3", LARGEST, FileStore(tmp_path))
    assert invalid.value.errors == {"sound": code}
    assert not list(tmp_path.iterdir())


def test_it_is_written_at_the_desk_and_read_and_heard_by_all(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session)
    matter = make_consultation(app_session, Stage.OPEN, now=clock.now(), lead=body)
    desk, public = Browser(app), Browser(app)
    address = f"/lay-y-kien/{matter.slug}/"
    assert "Tóm tắt bằng tiếng khác" not in public.get(address).text
    sign_in(desk, make_user(app_session, body, [Role.OFFICER]))
    form = desk.get(f"/xu-ly/{matter.slug}/tom-tat/")
    wrong = form.submit({"Ngôn ngữ": "other", "Mã ngôn ngữ": "Tiếng"}, button="Lưu bản tóm tắt")
    assert "Xin nhập nội dung này" in wrong.text
    sound = {"sound": (io.BytesIO(wave()), "a.wav")}
    token = form.find("//main//form//input[@name = 'csrf_token']/@value")[0]
    sent = {"csrf_token": token, "language": "en", "text": NASTY, **sound}
    answer = desk.client.post(f"/xu-ly/{matter.slug}/tom-tat/", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert public.get(address).find("//main//a[@lang = 'en']/@href") == [address + "tom-tat/en/"]
    page = public.get(address + "tom-tat/en/")
    assert page.heading == "English"
    assert page.find("//main//div[@lang = 'en']")
    assert "<script>alert(1)</script> {{ 7*7 }}" in page.text
    assert not page.find("//main//script | //main//b")
    assert page.find("//audio[@controls and @preload = 'none']/@src") == [address + "tom-tat/en/am-thanh.wav"]
    public.get(address + "tom-tat/hmn/", status=404)
    desk.get(f"/xu-ly/{matter.slug}/tom-tat/").submit({}, button="Bỏ en")
    public.get(address + "tom-tat/en/", status=404)


def test_a_part_of_the_sound_can_be_asked_for(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session)
    matter = make_consultation(app_session, Stage.OPEN, now=clock.now(), lead=body)
    sound = read_sound(wave(), "a.wav", LARGEST, app.extensions["consult.files"])
    officer = make_actor(app_session, body, Role.OFFICER)
    put_summary(app_session, matter, NewSummary("en", "Words.", sound), officer, clock.now())
    address = f"/lay-y-kien/{matter.slug}/tom-tat/en/am-thanh.wav"
    whole = app.test_client().get(address)
    part = app.test_client().get(address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.data) == (206, whole.data[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.data)}"
    for answer in (whole, part):
        assert answer.headers["Content-Type"] == "audio/wav"
        assert answer.headers["Content-Disposition"] == "inline"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Accept-Ranges"] == "bytes"
        answer.close()
    beyond = app.test_client().get(address, headers={"Range": "bytes=999999-"})
    assert beyond.status_code == 416
    beyond.close()
    assert address not in {path for _language, path, _query in app.extensions["consult.page_cache"].pages}
