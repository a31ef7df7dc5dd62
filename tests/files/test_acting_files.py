"""Files of strangers that act when an officer opens them are refused, however what acts is hidden; honest ones pass."""

import warnings
from pathlib import Path

import pytest

from consult.consultations.files.uploaded_files import read_upload
from consult.errors import Invalid
from consult.files import attachments, inspection_pdf, letter_scans
from consult.files.attachments import Bounds
from consult.files.rejection import FileRejected
from consult.files.store import FileStore
from tests.files import acting, made

BOUNDS = Bounds(largest=12 * 1024 * 1024)


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as wrong:
        attachments.checked(data, "tep", BOUNDS)
    return wrong.value.errors["file"]


@pytest.mark.parametrize("act", acting.ACTS)
def test_a_pdf_that_acts_is_not_taken_however_it_is_written(act: str) -> None:
    does, code = acting.ACTS[act]
    told = {}
    for way in acting.WAYS:
        with pytest.raises(FileRejected) as wrong:
            inspection_pdf.pdf(way(does))
        told[way.__name__] = wrong.value.code
    assert told == {way.__name__: code for way in acting.WAYS}
    assert refused(acting.packed(does)) == code


def test_a_letter_that_acts_is_not_taken_either() -> None:
    does, code = acting.ACTS["script"]
    with pytest.raises(Invalid) as wrong:
        letter_scans.checked(acting.plainly(does), "van-ban.pdf")
    assert wrong.value.errors == {"scan": code}
    letter = made.pdf()
    assert letter_scans.checked(letter, "van-ban.pdf").data == letter


def test_a_pdf_with_links_and_words_about_scripts_is_taken() -> None:
    data = acting.linking_out()
    assert attachments.checked(data, "tep", BOUNDS).data == data


@pytest.mark.parametrize("filters", [("FlateDecode",), ("FlateDecode", "FlateDecode")])
def test_a_pdf_that_swells_is_not_taken(filters: tuple[str, ...]) -> None:
    assert refused(acting.swelling(64 * 1024 * 1024, *filters)) == "too_large_inside"


BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def said(*pieces: str) -> str:
    return "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)


@pytest.mark.parametrize(
    "inside",
    [
        f"{BEGIN}{said(' DDEAUTO c:/x.exe ')}{SEPARATE}{END}",
        f"{BEGIN}{said('DD', 'EAU', 'TO', ' cmd')}{END}",
        f"{BEGIN}{said(' dde cmd')}{SEPARATE}{END}",
        f"{BEGIN}{BEGIN}{said('QUOTE 68 68 69')}{SEPARATE}{END}{said(' cmd')}{SEPARATE}{END}",
        f"{BEGIN}{said('IF 1=1 ')}{BEGIN}{said('DDE cmd')}{END}{END}",
        '<w:fldSimple w:instr=" &quot;DDEAUTO&quot; cmd"/>',
    ],
)
@pytest.mark.parametrize("prefix", ["w", "khac"])
def test_a_word_file_that_calls_a_program_is_not_taken(inside: str, prefix: str) -> None:
    assert refused(made.word(("word/header1.xml", acting.fields(inside, prefix)))) == "with_calls"


def test_fields_that_word_writes_are_taken() -> None:
    inside = (
        f"{BEGIN}{said(' PAGE ')}{SEPARATE}{END}{BEGIN}{said(' HYPERLINK &quot;http://hidden.invalid&quot;')}{END}"
        f"{BEGIN}{said(' IF ')}{BEGIN}{said('PAGE')}{END}{said(' > 1')}{END}<w:t>DDE</w:t>"
    )
    data = made.word(("word/header1.xml", acting.fields(inside)))
    assert attachments.checked(data, "tep", BOUNDS).data == data


@pytest.mark.parametrize(
    "name",
    [
        "word/document.xml", "WORD/Document.xml", "word\\document.xml", "../../../../tmp/pwned.xml", "/etc/x.xml",
        "C:/x.xml", "word/../x.xml", "word//x.xml", "./x.xml", "..\\..\\x.xml",
    ],
)  # fmt: skip
def test_names_of_parts_are_single_and_stay_inside(name: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of a doubled name.
        data = acting.named_twice(name)
    assert refused(data) == "with_untrue_parts"
    if not name.startswith("/"):
        with pytest.raises(Invalid) as wrong:
            read_upload(data, "a.docx", FileStore(tmp_path))
        assert wrong.value.errors == {"file": "damaged"}


@pytest.mark.parametrize("name", ["word/document2.xml", "customXml/item1.xml"])
def test_xml_of_forty_thousand_levels_is_not_taken(name: str) -> None:
    assert refused(made.word((name, b"<a>" * 40_000 + b"</a>" * 40_000))) == "too_large_inside"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("word/media/image1.png", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("word/media/image1.png", b"MZ\x90\0" + bytes(600)),
        ("word/embeddings/x.zip", made.word(("word/embeddings/y.bin", b"x"))),
    ],
)
def test_a_word_file_with_other_files_inside_is_not_taken(name: str, content: bytes) -> None:
    assert refused(made.word((name, content))) == "with_files_inside"


def test_the_figures_of_a_chart_are_taken() -> None:
    data = made.word(("word/embeddings/Microsoft_Excel_Sheet1.xlsx", made.word()))
    assert attachments.checked(data, "tep", BOUNDS).data == data


@pytest.mark.real
def test_real_documents_are_taken_but_for_those_with_other_files_inside(samples: Path) -> None:
    paths = [*samples.glob("eia/*"), *samples.glob("legal/*.docx"), *samples.glob("suites/docx/*.docx")]
    refusals = {}
    for path in paths:
        try:
            attachments.checked(path.read_bytes(), path.name, BOUNDS)
        except Invalid as invalid:
            refusals[path.name] = invalid.errors["file"]
    assert len(paths) > 40 and refusals == {"24_2023_TT-BCA_m_559088.docx": "with_files_inside"}


@pytest.mark.real
def test_the_suites_of_office_and_pdf_are_taken_or_refused_with_a_word(samples: Path) -> None:
    told = {}
    for path in [*samples.glob("suites/office/*.doc*"), *samples.glob("suites/pdf/*.pdf")]:
        try:
            attachments.checked(path.read_bytes(), path.name, BOUNDS)
            told[path.name] = ""
        except Invalid as invalid:
            told[path.name] = invalid.errors["file"]
    expected = {"dde-test.docx": "with_calls", "embedded-simple-2007.docx": "with_files_inside",
                "oleform-PR314.docm": "with_macros", "encrypted.docx": "not_an_attachment",
                "harmless-clean.docx": "", "sample_with_external_link_to_doc.docx": "with_remote_parts"}  # fmt: skip
    assert {name: told[name] for name in expected} == expected
    assert set(told.values()) - set(expected.values()) <= {"damaged_file", "locked_file"}
    assert sum(not code for code in told.values()) > 20
