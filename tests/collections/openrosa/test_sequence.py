"""What a field collector says to a server, over HTTP: in order, in pieces, twice, late and wrongly."""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.collections import service
from consult.collections.branches import keys
from consult.collections.models import Branch, CollectedOpinion, Gathering
from consult.collections.openrosa import service as openrosa
from consult.collections.words import FileKind, WayIn
from consult.submissions.views_frame import site_codes
from tests.builders import NOW
from tests.collections.openrosa.collect import Collect, filled
from tests.collections.scene import Collecting, collecting
from tests.files import made
from tests.live import served


@dataclass
class Field:
    """The collection, the program of its branch, and the form that it downloaded."""

    scene: Collecting
    collect: Collect
    form: str
    app: Flask
    site: str

    @property
    def branch(self) -> Branch:
        return self.scene.branches["Xã A"]

    def rows(self) -> tuple[list[Gathering], list[CollectedOpinion]]:
        """What is there now."""
        with self.app.extensions["consult.database"].session() as session:
            gatherings = session.query(Gathering).order_by(Gathering.number).all()
            opinions = session.query(CollectedOpinion).order_by(CollectedOpinion.number).all()
            for one in gatherings:
                session.expunge(one) if not one.files else None
            return gatherings, opinions


@pytest.fixture
def field(app: Flask, app_session: Session) -> Iterator[Field]:
    with app.app_context():
        codes = site_codes()
        scene = collecting(app_session, "Xã A", "Xã B", codes=codes)
        key = keys.of_branch(scene.branches["Xã A"], codes)
    with served(app) as site:
        collect = Collect(site, scene.collection.number, keys.shown(key))
        listed = collect.ask("GET", "formList")
        assert listed.status == 200 and "<hash>md5:" in listed.text and "<downloadUrl>http" in listed.text
        form = collect.ask("GET", f"forms/thu-thap-{scene.collection.number}.xml")
        assert form.status == 200 and form.headers["X-OpenRosa-Version"] == "1.0"
        yield Field(scene, collect, form.text, app, site)


def test_a_form_with_pictures_and_sound_comes_in_once(field: Field) -> None:
    said = [{"anchor": "du-thao/1/d2", "stance": "oppose", "text": "Đổ chung & <khó>", "contact": "0912 345 678"},
            {"anchor": "general", "sound": "giong.m4a"}, {}]  # fmt: skip
    xml = filled(field.form, said, ["1.jpg", "2.jpg"], signed="yes")
    files = {"1.jpg": made.picture(), "2.jpg": made.picture("JPEG", size=(50, 30)), "giong.m4a": made.m4a()}
    for _time in range(2):
        assert "ghi nhận" in field.collect.send(xml, files)[-1].text
    (gathering,), opinions = field.rows()
    assert (gathering.way_in, gathering.people, gathering.minutes_signed) == (WayIn.PROGRAM, 40, True)
    assert [one.text for one in opinions] == ["Đổ chung & <khó>", ""]
    assert (opinions[0].anchor, opinions[1].anchor, opinions[1].untyped) == ("du-thao/1/d2", "", True)
    kinds = sorted(one.kind for one in gathering.files)
    assert kinds == [FileKind.MINUTES, FileKind.MINUTES, FileKind.SOUND]


def test_pieces_out_of_order_and_twice_are_joined(field: Field) -> None:
    xml = filled(field.form, [{"sound": "a.m4a"}, {"text": "Một", "picture": "p.jpg"}], ["1.jpg"])
    pieces = [{"p.jpg": made.picture(size=(9, 9))}, {"1.jpg": made.picture()}, {"a.m4a": made.m4a()}]
    for group in (pieces[2], pieces[0], pieces[2], {}):
        answer = field.collect.post(xml, group)
        assert answer.status == 201 and "còn chờ 1 tệp" in answer.text or group is pieces[2]
        assert field.rows() == ([], [])
    assert field.collect.post(xml, pieces[1]).status == 201
    for group in pieces:
        assert field.collect.post(xml, group, chunked=True).status == 201
    (gathering,), opinions = field.rows()
    by_id = {one.id: one.file_name for one in gathering.files}
    assert [by_id.get(one.file_id) for one in opinions] == ["a.m4a", "p.jpg"]


def test_other_words_or_files_under_the_same_names_are_refused(field: Field) -> None:
    own = "uuid:11111111-1111-4111-8111-111111111111"
    xml = filled(field.form, [{"text": "Một", "picture": "p.jpg"}], instance_id=own)
    assert field.collect.post(xml, {"p.jpg": made.picture()}).status == 201
    other = filled(field.form, [{"text": "Hai", "picture": "p.jpg"}], instance_id=own)
    assert field.collect.post(other, {}).status == 409
    assert field.collect.post(xml, {"p.jpg": made.picture(size=(7, 7))}).status == 409
    assert len(field.rows()[1]) == 1


def test_a_large_photograph_comes_over_a_line_that_breaks(field: Field) -> None:
    xml, picture = filled(field.form, [{"text": "Một"}], ["1.png"]), made.noise(9_500_000)
    assert 9_000_000 < len(picture) < 10 * 1024 * 1024
    for sent in (1_000, 400_000, 9_000_000):
        field.collect.broken(xml, {"1.png": picture}, sent)
        assert field.rows() == ([], [])
    assert field.collect.send(xml, {"1.png": picture})[-1].status == 201
    (gathering,), (_opinion,) = field.rows()
    assert len(gathering.files) == 1


def test_pieces_that_are_missing_for_days_come_after_the_end(field: Field, app_session: Session) -> None:
    scene, xml = field.scene, filled(field.form, [{"sound": "a.m4a"}], ["1.jpg"])
    assert field.collect.post(xml, {"1.jpg": made.picture()}).status == 201
    service.close(app_session, scene.collection.id, scene.secretary, clock.now())
    assert field.collect.post(filled(field.form, [{"text": "Muộn"}]), {}).status == 403
    assert field.collect.post(xml, {"a.m4a": made.m4a()}).status == 201
    assert len(field.rows()[0]) == 1


@pytest.mark.parametrize(
    ("picture", "why"),
    [(b"\x89PNG" + bytes(12_000_000), "Tệp quá lớn"), (b"no picture at all" * 99, "Không nhận loại tệp này")],
    ids=["12 MB", "of no kind"],
)
def test_a_file_that_cannot_be_taken_keeps_no_words_on_the_telephone(
    field: Field, app_session: Session, picture: bytes, why: str
) -> None:
    """They wait with what did come, and are recorded without it when asked; then the telephone is let go."""
    xml = filled(field.form, [{"text": "Một", "picture": "p.jpg"}], ["1.jpg"])
    for _time in range(2):
        answer = field.collect.post(xml, {"p.jpg": picture, "1.jpg": made.picture()})
        assert answer.status == 400 and "p.jpg: " in answer.text and why in answer.text
    app_session.rollback()
    [waits] = openrosa.waiting(app_session, field.branch)
    assert (list(waits.media), waits.missing, field.rows()) == (["1.jpg"], ["p.jpg"], ([], []))
    with field.app.app_context():
        openrosa.record(app_session, waits.id, site_codes(), clock.now())
    assert field.collect.post(xml, {"p.jpg": picture}).status == 201
    (gathering,), (opinion,) = field.rows()
    assert opinion.text == "Một" and [one.file_name for one in gathering.files] == ["1.jpg"]


def test_names_with_accents_taken_apart_are_the_same_names(field: Field) -> None:
    for form, sends in (("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")):
        name = "biên bản ở bản Mạ.jpg"
        xml = filled(field.form, [{"text": form + sends}], [normalize(form, name)])
        assert field.collect.post(xml, {normalize(sends, name): made.picture()}).status == 201
    gatherings, _opinions = field.rows()
    assert [[one.file_name for one in gathering.files] for gathering in gatherings] == [[name]] * 3


def test_nobody_comes_in_without_the_key_of_this_collection(field: Field) -> None:
    xml = filled(field.form, [{"text": "Một"}])
    for key in (None, "2222-2222-2222-2222-2222"):
        stranger = Collect(field.site, field.scene.collection.number, key)
        for method, path in (("HEAD", "submission"), ("GET", "formList"), ("GET", "forms/thu-thap-1.xml")):
            answer = stranger.ask(method, path)
            assert answer.status == 401 and answer.headers["X-OpenRosa-Version"] == "1.0"
        assert stranger.post(xml, {}).status == 401
    elsewhere = Collect(field.site, field.scene.collection.number + 1, field.collect.key)
    assert elsewhere.ask("GET", "formList").status == 401
    assert field.rows() == ([], [])


def test_hostile_xml_is_refused_and_nothing_is_kept(field: Field) -> None:
    bombs = [b'<!DOCTYPE d [<!ENTITY a "b">]><data>&a;</data>', b"<data>" * 100, b"<data/>", b"\x00\x01", b"",
             filled(field.form, [{"text": "x"}]).replace(b"thu-thap-", b"khac-"),
             filled(field.form, [{"text": "x", "anchor": "du-thao/9/d1"}])]  # fmt: skip
    for xml in bombs:
        assert field.collect.post(xml, {}).status == 400
    assert field.collect.post(filled(field.form, [{"text": "x"}]), {f"{n}.jpg": b"x" for n in range(100)}).status == 400
    picture = filled(field.form, [{"picture": "x.jpg"}])
    assert field.collect.post(picture, {"x.jpg": b"MZ" + bytes(2000)}).status == 400
    assert field.rows() == ([], [])


def test_what_comes_to_a_closed_collection_is_kept_and_taken_when_it_opens(field: Field, app_session: Session) -> None:
    scene, xml = field.scene, filled(field.form, [{"text": "Một"}])
    service.close(app_session, scene.collection.id, scene.secretary, NOW)
    refused = field.collect.post(xml, {})
    assert refused.status == 403 and "đã kết thúc" in refused.text
    service.reopen(app_session, scene.collection.id, None, scene.secretary, NOW)
    assert field.collect.post(xml, {}).status == 201
    assert len(field.rows()[1]) == 1
