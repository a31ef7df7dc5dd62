"""Files of the document network: written in both dialects with nothing made up, and states read from strangers."""

import base64
import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree

from consult.edxml.documents import Enclosed, Lacking, Party, Signer, parted
from consult.edxml.statuses import LARGEST, Unreadable, read
from consult.edxml.words import NAMESPACES, Dialect, State
from consult.edxml.writing import document_id, written
from tests.edxml.made import document, status

MADE_UP = ("N/A", "NOW", "None", "null")


def texts(data: bytes, name: str) -> list[str]:
    """The texts of all elements of a name, whatever their prefix."""
    return [str(one.text) for one in etree.fromstring(data).iter() if etree.QName(one).localname == name]


@pytest.mark.parametrize("dialect", Dialect)
def test_a_document_goes_to_several_with_all_that_it_says(dialect: Dialect) -> None:
    data = written(document(), dialect)
    assert texts(data, "OrganId") == ["H00.10", "H00.20.1", "H00.30.2", "H00.10"]
    assert len(texts(data, "To")) == 2
    assert (texts(data, "CodeNumber"), texts(data, "CodeNotation")) == (["12"], ["SNNMT-MT"])
    assert (texts(data, "PromulgationDate"), texts(data, "DueDate")) == (["2026/11/23"], ["2026/12/08"])
    assert texts(data, "Subject") == ["V/v lấy ý kiến <dự thảo> & đề án"]
    assert texts(data, "FullName") == ["Hà Văn A"] and texts(data, "Competence") == ["KT. GIÁM ĐỐC"]
    assert texts(data, "Timestamp") == ["2026/11/23 10:00:00"]
    assert {etree.QName(one).namespace for one in etree.fromstring(data).iter()} == {NAMESPACES[dialect]}


def test_each_dialect_has_its_own_envelope() -> None:
    national, provincial = (written(document(), dialect) for dialect in Dialect)
    assert etree.QName(etree.fromstring(national)).localname == "edXML" and b"<edXML:MessageHeader>" in national
    assert etree.QName(etree.fromstring(provincial)).localname == "edXMLEnvelope" and b"<MessageHeader>" in provincial
    packed = base64.b64decode(texts(national, "ContentTransferEncoded")[0])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("cong-van.pdf") == b"%PDF-1.7 noi dung"
    assert base64.b64decode(texts(provincial, "Content")[0]) == b"%PDF-1.7 noi dung"
    assert document_id(document(), Dialect.NATIONAL) == "H00.10,2026/11/23,12/SNNMT-MT"
    assert document_id(document(), Dialect.PROVINCIAL) == "0190-thu"


LACKS: list[tuple[dict[str, Any], str]] = [
    ({"sender": Party("", "Sở")}, "sender_code"),
    ({"sender": Party("N/A", "Sở")}, "sender_code"),
    ({"sender": Party("H00.10", " ")}, "sender_name"),
    ({"recipients": ()}, "recipients"),
    ({"recipients": (Party("", "Hội"),)}, "to_code:Hội"),
    ({"number": "12"}, "number"),
    ({"number": ""}, "number"),
    ({"on": None}, "letter_on"),
    ({"subject": ""}, "subject"),
    ({"type_name": ""}, "type_name"),
    ({"signer": Signer("", "Giám đốc")}, "signer_name"),
    ({"signer": Signer("Hà Văn A", "")}, "signer_office"),
    ({"enclosed": ()}, "file"),
    ({"number": "N/A"}, "number"),
    ({"recipients": (Party("H00.20.1", ""),)}, "to_name:H00.20.1"),
    ({"key": ""}, "key"),
    ({"enclosed": (Enclosed("cong-van.pdf", "application/pdf", b""),)}, "file"),
    ({"enclosed": (Enclosed(" ", "application/pdf", b"%PDF"),)}, "file"),
]


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize(("given", "field"), LACKS, ids=[f"{field}-{index}" for index, (_, field) in enumerate(LACKS)])
def test_what_must_be_there_and_is_empty_is_named(dialect: Dialect, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Lacking) as lacking:
        written(document(**given), dialect)
    assert lacking.value.fields == (field,)


@pytest.mark.parametrize("dialect", Dialect)
def test_what_may_be_empty_is_left_out_and_never_made_up(dialect: Dialect) -> None:
    data = written(document(place="", reply_by=None, signer=Signer("Hà Văn A", "Giám đốc")), dialect)
    names = {etree.QName(one).localname for one in etree.fromstring(data).iter()}
    assert not names & {"Place", "DueDate", "Competence", "PageAmount", "PromulgationAmount", "Email", "Telephone"}
    said = {str(one.text) for one in etree.fromstring(data).iter() if one.text}
    assert not said & set(MADE_UP)


def emptied(thing: Any, word: str) -> Iterator[tuple[str, Any]]:
    """The same with each of its words in turn replaced by `word`, however deep it lies."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, str):
            yield field.name, replace(thing, **{field.name: word})
        elif isinstance(value, tuple):
            for name, first in emptied(value[0], word):
                yield f"{field.name}.{name}", replace(thing, **{field.name: (first, *value[1:])})
        elif is_dataclass(value):
            for name, other in emptied(value, word):
                yield f"{field.name}.{name}", replace(thing, **{field.name: other})


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("word", ["", " ", "N/A", "n/a", "null", "-", "…"])
def test_every_field_that_says_nothing_is_told_or_left_out(dialect: Dialect, word: str) -> None:
    told, left_out = set(), set()
    for name, other in emptied(document(), word):
        try:
            data = written(other, dialect)
        except Lacking:
            told.add(name)
            continue
        left_out.add(name)
        leaves = [str(one.text or "") for one in etree.fromstring(data).iter() if not len(one)]
        assert all(text.strip() and text != word for text in leaves), name
    parties = {f"{who}.{name}" for who in ("sender", "recipients") for name in ("address", "mail", "telephone")}
    assert left_out == {*parties, "signer.line", "enclosed.media_type", "place"}
    assert len(told) == 11


def test_numbers_of_letters() -> None:
    assert parted(" 12 / SNNMT-MT ") == ("12", "SNNMT-MT")
    assert [parted(number) for number in ("", "12", "12/", "/STP", "mười hai", "N/A")] == [None] * 6


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("state", State)
def test_every_state_is_read_in_both_dialects(dialect: Dialect, state: State) -> None:
    found = read(status(state.value, dialect=dialect))
    assert (found.state, found.organ, found.document.number) == (state, "H00.20.1", "12/SNNMT-MT")
    assert found.document.on == date(2026, 11, 23) and found.staff == "Văn thư – Lý Thị B"
    assert found.at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("on", ["2019/01/17", "17/01/2019", "2019-01-17", "2019/01/17 00:00:00"])
def test_days_as_they_are_written_in_the_field(on: str) -> None:
    assert read(status(on=on)).document.on == date(2019, 1, 17)


@pytest.mark.parametrize(
    "at", ["2019/01/17 08:30:00", "17/01/2019 08:30:00", "2019-01-17T08:30:00", "2019-01-17T01:30:00Z"]
)
def test_moments_as_they_are_written_in_the_field(at: str) -> None:
    assert read(status(at=at)).at == datetime(2019, 1, 17, 1, 30, tzinfo=UTC)


def test_a_number_in_two_parts_is_one() -> None:
    parts = "<n:CodeNumber>12</n:CodeNumber><n:CodeNotation>SNNMT-MT</n:CodeNotation>"
    assert read(status(number=parts)).document.number == "12/SNNMT-MT"


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
HOSTILE = {
    "bomb": (status(head=BOMB, number="&c;"), "status_has_doctype"),
    "file outside": (status(head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', number="&a;"),
                     "status_has_doctype"),
    "empty": (b"", "status_not_xml"),
    "no xml": (b"1212" + status(), "status_not_xml"),
    "cut off": (status()[:-9], "status_not_xml"),
    "deep": (b"<a>" * 5000 + b"</a>" * 5000, "status_not_xml"),
    "large": (status() + b" " * LARGEST, "status_too_large"),
    "web page": (b"<html><body/></html>", "status_wrong_root"),
    "other namespace": (b'<edXML xmlns="http://example.invalid/"/>', "status_wrong_root"),
    "a document": (written(document(), Dialect.NATIONAL), "status_of_nothing"),
    "two": (status().replace(b"<n:StatusCode>", b"<n:ResponseFor/><n:StatusCode>"), "status_of_several"),
    "no code": (status(code=""), "status_lacks"),
    "unknown code": (status(code="99"), "status_unknown"),
    "no sender": (status(organ=""), "status_lacks"),
    "sender N/A": (status(organ="N/A"), "status_lacks"),
    "of no letter": (status(number="", on=""), "status_lacks"),
    "no time": (status(at=""), "status_lacks"),
    "no day": (status(at="hôm qua"), "status_bad_day"),
    "bad day": (status(on="31/02/2026"), "status_bad_day"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_status_is_refused_plainly(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code
