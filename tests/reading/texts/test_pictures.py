"""Pictures of a Word file on the pages of its text: kept, shown in place, compared, and told where they cannot be."""

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Revision
from consult.consultations.files import uploaded_files
from consult.consultations.matter import queries
from consult.consultations.matter.inputs import ReadFile
from consult.consultations.revisions import next_revision
from consult.stages import Stage
from tests.builders import make_consultation, make_publisher
from tests.outline.docx.test_drawings import blip, drawing
from tests.outline.docx_builder import docx, paragraph, relationship
from tests.pages import Browser

ADDRESS = "/lay-y-kien/so-do/"


def painting(colour: str, kind: str = "PNG", mode: str = "RGB") -> bytes:
    """A picture of 40 × 20 pixels."""
    held = io.BytesIO()
    Image.new(mode, (40, 20), colour).save(held, kind)
    return held.getvalue()


def draft(picture: bytes, alt: str = "Bản đồ bãi rác", name: str = "map.png") -> bytes:
    """A Word file of two articles with a picture below the first and one in a table."""
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(drawing(blip(), 'Trong bảng'))}</w:tc></w:tr></w:tbl>"
    body = paragraph("QUY ĐỊNH") + paragraph("Điều 1. Sơ đồ") + paragraph(drawing(blip(), alt)) + cell
    links = relationship("rId9", "image", f"media/{name}")
    return docx(body + paragraph("Điều 2. Hiệu lực"), links=links, extra={f"word/media/{name}": picture})


def uploaded(app: Flask, data: bytes) -> ReadFile:
    return uploaded_files.read_upload(data, "du-thao.docx", app.extensions["consult.files"])


def test_a_picture_is_shown_in_place_with_its_words(app: Flask, app_session: Session, browser: Browser) -> None:
    make_consultation(
        app_session, Stage.OPEN, now=clock.now(), upload=uploaded(app, draft(painting("red"))), slug="so-do"
    )
    page = browser.get(f"{ADDRESS}du-thao/1/")
    (image,) = page.find("//div[@id='d1.h1']//img")
    assert (image.get("alt"), image.get("loading"), image.get("width")) == ("Bản đồ bãi rác", "lazy", "40")
    assert len(page.find("//div[@id='d1.t1']//img[@alt='Trong bảng']")) == 1
    answer = browser.get(image.get("src"))
    assert answer.headers["Content-Type"] == "image/webp" and "immutable" in answer.headers["Cache-Control"]
    painted = Image.open(io.BytesIO(app.test_client().get(image.get("src")).data))
    assert painted.size == (40, 20) and not painted.getexif()
    browser.get(f"{ADDRESS}tai-lieu/1/1/hinh/{'0' * 24}.webp", status=404)
    cited = browser.get(f"{ADDRESS}du-thao/1/dieu-khoan/d1/")
    assert cited.find("//img[@alt='Bản đồ bãi rác']")
    form = browser.get(f"{ADDRESS}gop-y/?tai=d1.h1")
    assert "hình 1 Điều 1" in form.text


def test_the_api_names_the_file(app: Flask, app_session: Session, browser: Browser) -> None:
    make_consultation(
        app_session, Stage.OPEN, now=clock.now(), upload=uploaded(app, draft(painting("red"))), slug="so-do"
    )
    told = app.test_client().get("/api/v1/consultations/so-do/revisions/1/1").get_json()
    (picture,) = [node for node in told["provisions"][1]["children"] if node["kind"] == "picture"]
    assert picture["picture"]["width"] == 40 and picture["text"] == "Bản đồ bãi rác"
    browser.get(f"{ADDRESS}tai-lieu/1/1/hinh/{picture['picture']['file'][:24]}.webp")


@pytest.mark.parametrize(
    ("picture", "name", "said"),
    [
        (b"\xd7\xcd\xc6\x9a" + bytes(60), "map.wmf", "wmf"),
        (b"no picture at all", "map.png", "png"),
        (painting("red")[:70], "map.png", "png"),
    ],
)
def test_what_cannot_be_painted_is_told_with_its_place(app: Flask, picture: bytes, name: str, said: str) -> None:
    read = uploaded(app, draft(picture, name=name))
    told = [one for one in read.warnings if one["code"] == "picture_not_shown"]
    assert [one["path"] for one in told] == ["d1.h1", "d1.t1.h1"] and all(said in one["message"] for one in told)
    assert read.pictures == []


def test_its_place_says_so(app: Flask, app_session: Session, browser: Browser) -> None:
    upload = uploaded(app, draft(b"\xd7\xcd\xc6\x9a" + bytes(60), name="map.wmf"))
    make_consultation(app_session, Stage.OPEN, now=clock.now(), upload=upload, slug="so-do")
    page = browser.get(f"{ADDRESS}du-thao/1/")
    assert "Hình không hiển thị được ở đây, xem trong tệp gốc: Bản đồ bãi rác" in page.text


def test_what_can_be_seen_through_is_white(app: Flask) -> None:
    read = uploaded(app, draft(painting("#00000000", mode="RGBA")))
    painted = Image.open(io.BytesIO(app.extensions["consult.files"].get(read.pictures[0])))
    assert painted.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_another_picture_with_the_same_words_is_a_change(app: Flask, app_session: Session, browser: Browser) -> None:
    first = uploaded(app, draft(painting("red")))
    made = make_consultation(app_session, Stage.OPEN, now=clock.now(), upload=first, slug="so-do")
    actor = make_publisher(app_session)
    filed = queries.document_of(app_session, made.id, 1)
    second = uploaded(app, draft(painting("blue")))
    revision: Revision = next_revision.add_revision(app_session, made, filed, second, actor, clock.now())
    next_revision.publish_revision(app_session, made, revision, actor, clock.now())
    page = browser.get(f"{ADDRESS}du-thao/2/so-voi/1/")
    assert "Hình 1 Điều 1" in page.text
    images = page.find("//section[@id='d1.h1']//img/@src")
    assert len(images) == len(set(images)) == 2
    for address in images:
        browser.get(address)
