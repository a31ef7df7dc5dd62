"""A citizen's own letter as a Word file, in the layout of a plain letter by Decree 30/2020/NĐ-CP: the State's name and
motto, place and date, to whom, who writes, each comment, and the place of the signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.exports.cell_texts import Say
from consult.official_papers import package as word_package
from consult.official_papers import word_parts
from consult.official_papers.wordml import Words, cell, paragraph, paragraphs, row, table

WIDTH, HEIGHT = word_parts.PAGE_HEIGHT, word_parts.PAGE_WIDTH
TEXT_WIDTH = WIDTH - word_parts.LEFT_MARGIN - word_parts.MARGIN
HALF = TEXT_WIDTH // 2
SHORT_MONTH = 3
"""Months before this one are written with a nought."""


@dataclass(frozen=True)
class LetterComment:
    """One comment of the letter: its place and stance in words, and what was written; `language` is that in which it
    was spoken instead."""

    place: str
    stance: str
    quote: str
    text: str
    proposed: str
    reason: str
    language: str


@dataclass(frozen=True)
class OwnLetter:
    """What was sent, as a letter: on which local day, to whom, about what, and by whom."""

    title: str
    to: str
    day: date
    number: int
    name: str
    area: str
    comments: tuple[LetterComment, ...]
    files: tuple[str, ...]
    notice: str


def written(letter: OwnLetter, say: Say) -> bytes:
    """The Word file."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in word_package.beside(letter.title, letter.name, letter.notice):
            package.writestr(word_package.entry(name), content)
        whole = [word_parts.DOCUMENT_START, *_body(letter, say), word_parts.document_end(WIDTH, HEIGHT)]
        package.writestr(word_package.entry("word/document.xml"), "".join(whole))
    return file.getvalue()


def _body(letter: OwnLetter, say: Say) -> Iterator[str]:
    yield paragraph([Words(say("exports.state"), "bold")], "Centre")
    yield paragraph([Words(say("exports.motto"), "bold")], "Centre")
    yield paragraph([Words("---------------")], "Centre")
    yield paragraph([Words(_place_and_date(letter, say), "italic")], properties='<w:jc w:val="right"/>')
    yield paragraph([Words(say("letter.title"))], "Heading")
    yield paragraph([Words(say("letter.about", title=letter.title), "bold")], "Centre")
    yield paragraph([Words(say("letter.to", body=letter.to))], "Body", '<w:spacing w:before="240" w:after="120"/>')
    yield _said(say("letter.name", name=letter.name or say("letter.not_given")))
    if letter.area:
        yield _said(say("letter.area", area=letter.area))
    yield _said(say("letter.intro"))
    for number, comment in enumerate(letter.comments, start=1):
        yield from _comment(number, comment, say)
    if letter.files:
        yield _said(say("letter.files", names=", ".join(letter.files)))
    yield _said(say("letter.closing"))
    yield _said(say("letter.received", number=letter.number, day=f"{letter.day:%d/%m/%Y}"))
    together = "<w:keepNext/><w:keepLines/>"
    signed = [paragraph([Words(say("letter.sender"), "bold")], "Centre", together)]
    signed += [paragraph([Words(say("letter.sign_here"), "italic")], "Centre", together)]
    signed += [paragraph([], "Centre", together) for _line in range(3)]
    signed += [paragraph([Words(letter.name, "bold")], "Centre")]
    yield table([HALF, HALF], [row([cell(paragraph([], "Centre"), HALF), cell("".join(signed), HALF)])])


def _comment(number: int, comment: LetterComment, say: Say) -> Iterator[str]:
    place = say("letter.comment", number=number, place=comment.place)
    yield paragraph([Words(place, "bold")], "Body", "<w:keepNext/>")
    if comment.stance:
        yield _said(say("letter.stance", stance=comment.stance))
    if comment.quote:
        yield _said(say("letter.quote", quote=comment.quote))
    if comment.language:
        yield _said(say("letter.spoken", language=comment.language))
    if comment.text:
        yield _said(comment.text)
    if comment.proposed:
        yield _said(say("letter.proposed", words=comment.proposed))
    if comment.reason:
        yield _said(say("letter.reason", reason=comment.reason))


def _said(text: str) -> str:
    return paragraphs([[Words(text)]], "Body")


def _place_and_date(letter: OwnLetter, say: Say) -> str:
    month = f"{letter.day.month:02d}" if letter.day.month < SHORT_MONTH else str(letter.day.month)
    place = letter.area or say("letter.some_place")
    return say("letter.place_and_date", place=place, day=f"{letter.day.day:02d}", month=month, year=letter.day.year)
