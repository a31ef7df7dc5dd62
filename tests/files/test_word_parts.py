"""A Word file holds what Word writes and nothing else, under whatever name or type, also one package further in."""

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from consult.consultations.files.uploaded_files import read_upload
from consult.errors import Invalid
from consult.files import inspection_docx
from consult.files.rejection import FileRejected
from consult.files.store import FileStore
from tests.files import acting, made

CALL = acting.fields('<w:fldSimple w:instr="DDEAUTO cmd"/>')
OBJECT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TYPE = '<Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"/>'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def typed(more: str) -> bytes:
    """Content types with one more."""
    return made.WORD_TYPES.replace(b"</Types>", more.encode() + b"</Types>")


def workbook(*more: tuple[str, bytes], types: bytes = b"<Types/>") -> tuple[str, bytes]:
    """The figures of a chart, with further parts."""
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as package:
        warnings.simplefilter("ignore")  # zipfile warns of a doubled name.
        for name, content in (("[Content_Types].xml", types), ("xl/workbook.xml", b"<workbook/>"), *more):
            package.writestr(name, content)
    return "word/embeddings/a.xlsx", written.getvalue()


def link(kind: str, target: str) -> tuple[str, bytes]:
    """One relation of the document."""
    one = f'<Relationship Id="r1" Type="{LINK}{kind}" Target="{target}"/>'
    return "word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONS}">{one}</Relationships>'.encode()


def code_of(data: bytes) -> str:
    try:
        inspection_docx.docx(data)
    except FileRejected as unfit:
        return unfit.code
    return ""


@pytest.mark.parametrize("name", ["word/e.dat", "word/e.png", "word/e", "word/e.xml.png"])
def test_xml_under_another_ending_is_not_taken(name: str) -> None:
    assert code_of(made.word((name, CALL), types=typed(TYPE.format(name, "document.main")))) == "with_untrue_parts"
    default = f'<Default Extension="{name.rpartition(".")[2]}" ContentType="application/xml"/>'
    assert code_of(made.word((name, CALL), types=typed(default))) == "with_untrue_parts"


@pytest.mark.parametrize("name", ["word/e.png", "word/e.bin", "word/fonts/e.odttf", "word/e.%78ml", "word/e.XML"])
def test_xml_is_read_through_whatever_it_is_called(name: str) -> None:
    assert code_of(made.word((name, CALL))) == "with_calls"


@pytest.mark.parametrize("kind", ["macroEnabled", "macro&#69;nabled", "MACROENABLED", "macro&#x45;nabled"])
def test_types_with_macros_however_they_are_written(kind: str) -> None:
    more = f'<Override PartName="/word/d.xml" ContentType="application/vnd.ms-word.document.{kind}.main+xml"/>'
    assert code_of(made.word(types=typed(more))) == "with_macros"


@pytest.mark.parametrize("name", ["a.vbs", "a.bat", "a.lnk", "a.exe", "a.js", "a.html", "a.mht", "a.rtf", "a.xlsm",
                                  "a.xls", "a.zip", "a.pdf", "a", "a.xml.vbs", "a.x%6Cs"])  # fmt: skip
def test_parts_that_word_does_not_write(name: str) -> None:
    assert code_of(made.word((f"word/embeddings/{name}", b"x"))) == "with_files_inside"
    assert code_of(made.word(workbook((f"xl/{name}", b"x")))) == "with_files_inside"


@pytest.mark.parametrize(
    "first",
    [OBJECT, b"MZ\x90\0", b"\x7fELF\x02", b"L\0\0\0\x01\x14\x02\0", b"{\\rtf1", b"%PDF-1.7", made.word()],
)
@pytest.mark.parametrize("name", ["a.bin", "a.png", "a.tmp"])
def test_programs_and_objects_under_a_harmless_name(first: bytes, name: str) -> None:
    assert code_of(made.word((f"word/media/{name}", first))) == "with_files_inside"
    assert code_of(made.word(workbook((f"xl/{name}", first)))) == "with_files_inside"


@pytest.mark.parametrize(
    "name",
    [
        "word/docu%6Dent.xml", "%57ord/document.xml", "%2e%2e/%2E%2e/x.xml", "word%5c..%5cx.xml",
        "word/%252e%252e/x.xml", "%2fetc/x.xml", "word/document.xml. ", "word./x.xml",
    ],
)  # fmt: skip
def test_names_are_compared_as_readers_read_them(name: str, tmp_path: Path) -> None:
    assert code_of(acting.named_twice(name)) == "with_untrue_parts"
    if "%" in name and not name.startswith("%2f"):
        with pytest.raises(Invalid) as wrong:
            read_upload(acting.named_twice(name), "a.docx", FileStore(tmp_path))
        assert wrong.value.errors == {"file": "damaged"}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (("../../x.xml", b"<x/>"), "with_untrue_parts"),
        (("xl/workbook.xml", b"<x/>"), "with_untrue_parts"),
        (("xl/work%62ook.xml", b"<x/>"), "with_untrue_parts"),
        (("xl/vbaProject.bin", b"x"), "with_macros"),
        (("xl/externalLinks/externalLink1.xml", b'<x:ddeLink xmlns:x="x" ddeService="cmd"/>'), "with_calls"),
        (("xl/x.xml", b"<!DOCTYPE x><x/>"), "damaged_file"),
        (("xl/x.xml", bytes(101 * 1024 * 1024)), "too_large_inside"),
        (workbook(), "with_files_inside"),
        (link("aFChunk", "x.xml"), "with_files_inside"),
    ],
)
def test_a_package_inside_is_looked_at_as_the_file_is(part: tuple[str, bytes], code: str) -> None:
    assert code_of(made.word(workbook(part))) == code


def test_packages_inside_are_few_and_packages() -> None:
    name, whole = workbook()
    many = [(f"word/embeddings/{number}.xlsx", whole) for number in range(inspection_docx.MOST_PACKAGES + 1)]
    assert code_of(made.word(*many[1:])) == ""
    assert code_of(made.word(*many)) == "too_large_inside"
    assert code_of(made.word((name, b"x"))) == "damaged_file"
    swelling = workbook(("xl/x.png", bytes(40 * 1024 * 1024)))[1]
    packed = [(f"word/embeddings/{number}.xlsx", swelling) for number in range(3)]
    assert code_of(made.word(*packed)) == "too_large_inside"


@pytest.mark.parametrize(("kind", "target"), [("aFChunk", "a.xml"), ("control", "a.xml"), ("oleObject", "a.bin")])
def test_nothing_is_brought_along_to_be_opened(kind: str, target: str) -> None:
    assert code_of(made.word(link(kind, target), (f"word/{target}", b"<x/>"))) == "with_files_inside"


def test_what_word_writes_is_taken() -> None:
    picture = made.picture("PNG")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    core = '<Default Extension="psmdcp" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    drawn = '<Default Extension="svg" ContentType="image/svg+xml"/>'
    data = made.word(
        ("_rels/.rels", link("officeDocument", "word/document.xml")[1]),
        ("word/", b""), ("word/media/image1.PNG", picture), ("word/media/h%C3%ACnh.png", picture),
        ("word/media/image2.tmp", picture), ("word/media/image3.svg", svg),
        ("word/fonts/font1.odttf", b"<" + bytes(99)), ("docProps/thumbnail.emf", b"\x01\0\0\0"),
        ("word/printerSettings/printerSettings1.bin", "HP".encode("utf-16-le")),
        ("_xmlsignatures/origin.sigs", b""), ("package/services/metadata/core-properties/1.psmdcp", b"<x/>"),
        ("[trash]/0000.dat", bytes(40)), workbook(("xl/worksheets/sheet1.xml", b"<x/>"), ("xl/media/a.jpeg", picture)),
        types=typed(core + drawn),
    )  # fmt: skip
    assert code_of(data) == ""
