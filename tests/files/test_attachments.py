"""What anybody may attach: told by content, opened in the sandbox, and kept without places and tags."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from consult.errors import Invalid
from consult.files import attachments, kinds
from consult.files.attachments import Bounds, CheckedFile
from consult.sandbox import Limits
from tests.files import made
from tests.sandbox.walls import everything_taken

BOUNDS = Bounds(largest=300_000, pixels=1_000_000)


def checked(data: bytes, name: str = "tep") -> CheckedFile:
    return attachments.checked(data, name, BOUNDS)


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as wrong:
        checked(data)
    return wrong.value.errors["file"]


def tagged(sound: bytes) -> bytes:
    """A sound behind a tag that says where it was recorded, as some recorders write it."""
    note = made.PLACE.encode()
    return b"ID3\x03\x00\x00\x00\x00\x00" + bytes([len(note)]) + note + sound


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_painted_anew_without_its_place(format_name: str) -> None:
    kept = checked(made.picture(format_name, turned=True))
    with Image.open(io.BytesIO(kept.data)) as image:
        assert image.size == (20, 40) and not image.getexif()
        top, bottom = image.convert("RGB").getpixel((10, 5)), image.convert("RGB").getpixel((10, 35))
    assert isinstance(top, tuple) and top[0] > 200 and isinstance(bottom, tuple) and bottom[2] > 200
    for secret in (made.PLACE.encode(), b"<script", b"GPS", b"Exif"):
        assert secret not in kept.data


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (made.wav(), "audio/wav"),
        (made.mp3(), "audio/mpeg"),
        (made.ogg(), "audio/ogg"),
        (made.m4a(), "audio/mp4"),
        (made.amr(), "audio/amr"),
        (b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * 9, "audio/amr"),
        (made.webm(), "audio/webm"),
        (made.aac(), "audio/aac"),
        (made.aac().replace(b"\xff\xf1", b"\xff\xf9"), "audio/aac"),
        (tagged(made.aac()), "audio/aac"),
        (tagged(tagged(made.mp3())), "audio/mpeg"),
        (made.m4a().replace(b"M4A ", b"3gp5", 1), "audio/mp4"),
    ],
)
def test_a_sound_is_kept_without_its_tags(data: bytes, media_type: str) -> None:
    kept = checked(data)
    assert kept.media_type == media_type and made.PLACE.encode() not in kept.data
    assert checked(kept.data).data == kept.data


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("REC.3gp", "REC.3gp"),
        ("REC.3GPP", "REC.3GPP"),
        ("REC.m4a", "REC.m4a"),
        ("REC", "REC.m4a"),
        ("a.exe", "a.exe.m4a"),
    ],
)
def test_a_recording_of_a_telephone_keeps_its_name(name: str, kept: str) -> None:
    assert checked(made.m4a().replace(b"M4A ", b"3gp5", 1), name).name == kept


@pytest.mark.parametrize("data", [made.pdf(), made.word()])
def test_a_document_is_kept_as_it_is(data: bytes) -> None:
    assert checked(data).data == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-" + bytes(300_000), "file_too_large"),
        (made.HTML, "not_an_attachment"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "not_an_attachment"),
        (b"MZ\x90\x00", "not_an_attachment"),
        (b"GIF89a" + bytes(50), "not_an_attachment"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "heic_photo"),
        (made.huge_png(), "too_many_pixels"),
        (made.picture()[:300], "damaged_file"),
        (b"%PDF-1.7\n" + made.HTML, "damaged_file"),
        (made.word(("word/vbaProject.bin", b"x")), "with_macros"),
        (made.word(types=made.WORD_TYPES.replace(b"document.main", b"macroEnabled")), "with_macros"),
        (made.word(("word/big.xml", bytes(101 * 1024 * 1024))), "too_large_inside"),
        (b"PK\x03\x04" + made.HTML + made.word(), "damaged_file"),
        (made.m4a(b"vide"), "not_a_sound"),
        (made.webm(b"V_VP8", 1), "not_a_sound"),
        (made.ogg(b"\x80theora"), "not_a_sound"),
        (made.ogg() + made.HTML, "damaged_file"),
        (made.mp3(2), "damaged_file"),
        (b"#!AMR\n", "damaged_file"),
        (made.amr() + made.HTML, "damaged_file"),
        (made.aac(2), "damaged_file"),
        (made.aac()[:640] + made.HTML * 100, "damaged_file"),
        (b"#!AMR_MC1.0\n" + made.amr(), "damaged_file"),
        (b"RIFF\x10\0\0\0WAVE" + bytes(20), "damaged_file"),
    ],
)
def test_what_is_not_taken_is_told_in_one_word(data: bytes, code: str) -> None:
    assert refused(data) == code


MARKS = {
    "elements": (b"<b/>", 2_100_000),
    "elements of two parts": (b"<b/>", 1_050_000),
    "elements one in another": (b"<b>" * 100 + b"</b>" * 100, 21_000),
}
"""What is written how often: made by the test alone, millions of it would lie in every process."""


@pytest.mark.parametrize("kind", MARKS)
def test_a_word_file_of_few_bytes_and_millions_of_elements_is_not_taken(kind: str) -> None:
    """Each costs a hundred times what its bytes do, and meanwhile nobody else's file is looked at."""
    mark, times = MARKS[kind]
    part = b"<a>" + mark * times + b"</a>"
    more = [("word/footnotes.xml", part)] if kind.endswith("parts") else []
    assert refused(made.word(("word/styles.xml", part), *more)) == "too_large_inside"


LONG = {
    "lines": (b"<a>", b"\n", 50_000_000, b"</a>"),
    "an attribute": (b'<a b="', b"x", 50_000_000, b'"/>'),
    "references": (b"<a>", b"&lt;", 12_500_000, b"</a>"),
    "references in an attribute": (b'<a b="', b"&lt;", 12_500_000, b'"/>'),
    "elements": (b"<a>", b"<b/>", 1_900_000, b"</a>"),
    "elements with attributes": (b"<a>", b'<b a="" b="" c=""/>', 1_900_000, b"</a>"),
}


@pytest.mark.parametrize("kind", LONG)
def test_a_word_file_within_the_bounds_is_looked_through_in_a_moment(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "_DOCUMENTS", replace(attachments._DOCUMENTS, processor_seconds=4))
    before, long, times, after = LONG[kind]
    assert checked(made.word(("word/styles.xml", before + long * times + after))).data


def linking(kind: str, target: str) -> bytes:
    """A Word file whose settings link to something outside of it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
    return made.word(("word/_rels/settings.xml.rels", f"<Relationships>{link}</Relationships>".encode()))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://example.invalid/mau.dotm"),
        ("attachedTemplate", r"\\may-chu\chung\mau.dotm"),
        ("attachedTemplate", "file://may-chu/chung/mau.dotm"),
        ("oleObject", "mhtml:http://example.invalid/x!x"),
        ("aFChunk", "http://example.invalid/x.rtf"),
    ],
)
def test_a_word_file_that_fetches_from_elsewhere_is_not_taken(kind: str, target: str) -> None:
    assert refused(linking(kind, target)) == "with_remote_parts"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://thainguyen.gov.vn/"),
        ("image", "https://example.invalid/anh.png"),
        ("attachedTemplate", "file:///C:\\Users\\Mai\\AppData\\Templates\\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
    ],
)
def test_what_word_writes_by_itself_is_taken(kind: str, target: str) -> None:
    assert checked(linking(kind, target)).media_type == kinds.DOCX


def test_what_follows_the_frames_of_a_sound_is_left_out() -> None:
    assert b"script" not in checked(made.mp3(9) + made.HTML).data
    assert checked(made.amr() + b"\x3c" + made.PLACE.encode()).data == made.amr()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Ảnh\\đơn.PDF", "đơn.PDF"),
        ("hoa\u202efdp.exe", "hoafdp.exe.pdf"),
        ("a\r\nX: y.pdf", "a X: y.pdf"),
        ("", "tep.pdf"),
        ("...", "tep.pdf"),
    ],
)
def test_a_name_shows_what_the_file_is(name: str, shown: str) -> None:
    assert kinds.named(name, kinds.PDF, "tep") == shown


def test_a_crowd_with_files_leaves_a_thread_to_who_reads() -> None:
    with attachments._IN_HAND, attachments._IN_HAND:
        assert checked(made.picture()).data
        with attachments._IN_HAND:
            assert refused(made.picture()) == "files_busy"
    assert checked(made.picture()).data


def moving(format_name: str) -> bytes:
    """A picture of two, shown by turns."""
    written = io.BytesIO()
    still = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    still[0].save(written, format_name, save_all=True, append_images=still[1:], duration=100)
    return written.getvalue()


@pytest.mark.parametrize("format_name", ["WEBP", "PNG"])
def test_a_moving_picture_is_not_taken(format_name: str) -> None:
    assert refused(moving(format_name)) == "moving_picture"


@pytest.mark.parametrize(
    ("format_name", "size", "told"),
    [("JPEG", (7071, 7071), ""), ("PNG", (7071, 7071), ""), ("WEBP", (4001, 4000), "too_many_pixels")],
)
def test_fifty_million_dots_fit_but_for_the_kind_that_swells(
    format_name: str, size: tuple[int, int], told: str
) -> None:
    """The photograph was taken upright: it is turned as a whole, for which the small place is too small."""
    data = made.picture(format_name, turned=format_name == "JPEG", size=size)
    errors = {}
    try:
        kept = attachments.checked(data, "a", Bounds())
        assert kinds.kind_of(kept.data) is kinds.kind_of(data)
    except Invalid as invalid:
        errors = invalid.errors
    assert errors.get("file", "") == told


@pytest.mark.parametrize(("data", "only"), [(made.pdf(), kinds.SOUNDS), (made.amr(), kinds.SOUNDS - {kinds.AMR})])
def test_only_sounds_where_only_sounds_are_asked_for(data: bytes, only: frozenset[kinds.FileKind]) -> None:
    with pytest.raises(Invalid) as wrong:
        attachments.checked(data, "a", BOUNDS, only)
    assert wrong.value.errors == {"file": "not_a_recording"}


def test_a_file_whose_turn_does_not_come_is_not_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_LIMITS", Limits(seconds=0.1))
    with everything_taken():
        assert refused(made.picture()) == "files_busy"
