"""A paper as a Word file: A4 standing, margins 20/20/30/20 mm, Times New Roman, the heading in two columns, and the
number of the page on top from the second page on (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.official_papers import word_blocks, word_parts
from consult.official_papers.package import beside, entry
from consult.official_papers.paper import BlockKind, Paper, Signature
from consult.official_papers.word_blocks import TEXT_WIDTH
from consult.official_papers.wordml import Words, cell, paragraph, row, table

LEFT = TEXT_WIDTH * 39 // 100
RIGHT = TEXT_WIDTH - LEFT
SMALLER, SMALL, LIST = 26, 24, 22
"""13, 12 and 11 points, in half points."""
_TOGETHER = "<w:keepNext/><w:keepLines/>"
_APART = '<w:spacing w:before="400" w:after="0"/>'
"""Between the last words and who signs: about a line."""
_SET_APART = '<w:spacing w:before="80" w:after="0"/>'
"""Between two bodies at the head of one paper."""
_SIGNED_BETWEEN = 4
THREE = 3


def written(paper: Paper, notice: str = "") -> bytes:
    """The Word file; `notice` marks made-up data on every page."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in beside(paper.title, paper.body.replace("\n", " - "), notice):
            package.writestr(entry(name), content)
        with package.open(entry("word/document.xml"), "w") as part:
            for piece in _document(paper):
                part.write(piece.encode())
    return file.getvalue()


def _document(paper: Paper) -> Iterator[str]:
    yield word_parts.DOCUMENT_START
    yield table([LEFT, RIGHT], _heading(paper))
    yield paragraph([], properties='<w:spacing w:before="0" w:after="0"/>')
    if paper.name:
        yield paragraph(
            [Words(paper.name)], "Heading", '<w:spacing w:before="120" w:after="0"/><w:outlineLvl w:val="0"/>'
        )
    if paper.subject:
        yield paragraph([Words(paper.subject)], "Heading", '<w:spacing w:before="0" w:after="0"/>')
        yield word_blocks.rule(TEXT_WIDTH * 36 // 100)
    for block in paper.blocks[:-1]:
        yield from word_blocks.written(block)
    for block in paper.blocks[-1:]:
        # Nobody signs on a page that says nothing.
        yield from word_blocks.written(block, kept=True)
    yield _closing(paper)
    for block in paper.annexes:
        yield from word_blocks.written(block)
    yield word_parts.document_end(word_parts.PAGE_HEIGHT, word_parts.PAGE_WIDTH)


def _heading(paper: Paper) -> Iterator[str]:
    """Whose paper it is and the State's name and motto, below them the number, and the place and day."""
    above = [paragraph([Words(paper.above.upper())], "Centre", size=SMALLER)] if paper.above else []
    bodies = [
        paragraph([Words(line.upper(), "bold")], "Centre", _SET_APART if at else "", SMALLER)
        for at, line in enumerate(paper.body.split("\n"))
    ]
    state = [
        paragraph([Words(paper.state, "bold")], "Centre", size=SMALL),
        paragraph([Words(paper.motto, "bold")], "Centre"),
        word_blocks.rule(RIGHT * 18 // 100),
    ]
    yield row([cell("".join([*above, *bodies, word_blocks.rule(LEFT * 33 // 100)]), LEFT), cell("".join(state), RIGHT)])
    number = [paragraph([Words(paper.number)], "Centre", size=SMALLER)]
    if paper.about:
        number.append(paragraph([Words(paper.about)], "Centre", size=SMALL))
    day = paragraph([Words(paper.place_and_day, "italic")], "Centre")
    yield row([cell("".join(number), LEFT), cell(day, RIGHT)])


def _closing(paper: Paper) -> str:
    """The recipients on the left and who signs on the right; with several who sign, one beside the other."""
    # Two tables that follow each other are one. After words no empty line may stand here: LibreOffice would keep the
    # words with that line, and put the signature on a page of its own.
    follows_table = bool(paper.blocks) and paper.blocks[-1].kind is BlockKind.TABLE
    gap = paragraph([], properties='<w:keepNext/><w:spacing w:before="0" w:after="0"/>') if follows_table else ""
    after = paragraph([], properties='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')
    signed = [_signed(one) for one in paper.signatures]
    if not signed and not paper.recipients:
        return ""
    if paper.recipients or len(signed) == 1:
        signed.insert(0, _recipients(paper.recipients))
    beside_each_other = 3 if len(signed) == THREE else 2
    width = TEXT_WIDTH // beside_each_other
    signed += [paragraph([], "Centre")] * (-len(signed) % beside_each_other)
    starts = range(0, len(signed), beside_each_other)
    rows = [row([cell(one, width) for one in signed[at : at + beside_each_other]], whole=True) for at in starts]
    return gap + table([width] * beside_each_other, rows) + after


def _signed(one: Signature) -> str:
    lines = [paragraph([Words(line.upper(), "bold")], "Centre", _first(at)) for at, line in enumerate(one.lines)]
    hint = [paragraph([Words(one.hint, "italic")], "Centre", _first(len(lines)), SMALLER)] if one.hint else []
    blank = [paragraph([], "Centre", _TOGETHER) for _line in range(_SIGNED_BETWEEN)]
    return "".join([*lines, *hint, *blank, paragraph([Words(one.name, "bold")], "Centre")])


def _first(at: int) -> str:
    return _TOGETHER if at else _TOGETHER + _APART


def _recipients(names: tuple[str, ...]) -> str:
    if not names:
        return paragraph([], "Centre", _TOGETHER)
    start = '<w:spacing w:before="0" w:after="0"/>'
    first = paragraph([Words(names[0], "both")], "", _APART, SMALL)
    return first + "".join(paragraph([Words(name)], "", start, LIST) for name in names[1:])
