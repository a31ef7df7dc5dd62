"""The body of a paper in WordprocessingML, block by block."""

from collections.abc import Iterator

from consult.official_papers.paper import Block, BlockKind
from consult.official_papers.word_parts import LEFT_MARGIN, MARGIN, MILLIMETRE, PAGE_HEIGHT
from consult.official_papers.wordml import (
    TABLE_END,
    Words,
    cell,
    paragraph,
    paragraphs,
    row,
    table_start,
)

TEXT_WIDTH = PAGE_HEIGHT - LEFT_MARGIN - MARGIN
"""Of a page that stands."""
BY_HAND = round(9 * MILLIMETRE)
"""How high a row is that is filled in by hand."""
_DOTTED = (
    '<w:p><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{0}"/></w:tabs>'
    '<w:spacing w:before="0" w:after="120"/>'
    '<w:ind w:firstLine="0"/></w:pPr><w:r><w:tab/></w:r></w:p>'
)


def written(block: Block, kept: bool = False) -> Iterator[str]:
    """The elements of one block; a paragraph that is `kept` stands on the page of what follows."""
    if block.kind is BlockKind.TABLE:
        yield from _table(block)
    elif block.kind is BlockKind.LINES:
        yield from [_DOTTED.format(TEXT_WIDTH)] * block.lines
    elif block.kind is BlockKind.ANNEX:
        yield paragraph([Words(block.text)], "Heading", '<w:pageBreakBefore/><w:outlineLvl w:val="0"/>')
    elif block.kind is BlockKind.TO:
        yield paragraph(block.words, "Centre", '<w:spacing w:before="120" w:after="120"/>')
    elif block.kind is BlockKind.BASIS:
        yield paragraph([Words(block.text, "italic")], "Body")
    elif block.kind is BlockKind.PART:
        yield paragraph([Words(block.text, "bold")], "Body", '<w:keepNext/><w:outlineLvl w:val="1"/>')
    elif block.kind is BlockKind.SECTION:
        yield paragraph([Words(block.text, "bold")], "Body", '<w:keepNext/><w:outlineLvl w:val="2"/>')
    else:
        keep = "<w:keepNext/>" if kept else ""
        # Between an address that goes to the next line and the words before it there is no gap.
        yield paragraph(block.words, "Body", keep + ('<w:jc w:val="left"/>' if block.has_address else ""))


def rule(indent: int) -> str:
    """A line below a name, `indent` twips short on either side."""
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    spacing = '<w:spacing w:before="0" w:after="80" w:line="60" w:lineRule="exact"/>'
    sides = f'<w:ind w:left="{indent}" w:right="{indent}"/>'
    return paragraph([], properties=f'{border}{spacing}{sides}<w:jc w:val="center"/>')


def _table(block: Block) -> Iterator[str]:
    widths = [TEXT_WIDTH * share // 100 for share in block.widths]
    widths[-1] += TEXT_WIDTH - sum(widths)
    yield table_start(widths, bordered=True)
    names = [cell(paragraph([Words(name)], "CellHead"), width) for name, width in zip(block.names, widths, strict=True)]
    yield row(names, header=True)
    for said in block.rows:
        cells = zip(said, widths, strict=True)
        made = [cell(paragraphs([[Words(text)]], "Cell"), width) for text, width in cells]
        yield row(made, height=BY_HAND if block.to_fill_in(said) else 0)
    yield TABLE_END
    yield paragraph([], properties='<w:spacing w:before="0" w:after="120"/>')
