"""What stands above and below the table of the Word file: the blocks of an administrative document.

Decree 30/2020/NĐ-CP, Annex I: name of the body on the left, the State's name and motto on the right, number, place and
date, title, and the signer's block. Number and date are blank: the body that issues it fills them in.
"""

from consult.exports import cell_texts
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead
from consult.official_papers.word_parts import TEXT_WIDTH
from consult.official_papers.wordml import Words, cell, paragraph, paragraphs, row, table

LEFT = TEXT_WIDTH * 46 // 100
RIGHT = TEXT_WIDTH - LEFT
SMALLER = 26
"""13 points, in half points."""


def opening(head: TableHead, say: Say) -> str:
    """Everything above the table."""
    said = [
        names(head, say),
        paragraph([Words(head.heading.upper())], "Heading", '<w:spacing w:before="120" w:after="240"/>'),
        _text(head.intro),
        _text(cell_texts.counts(head, say)),
        _text(cell_texts.counted_at(head, say)),
    ]
    said += [_text(words) for words in (cell_texts.breakdown(head, say), cell_texts.silent(head, say)) if words]
    said += [_text(words) for words in cell_texts.notes(head, say)]
    said.append(paragraph([Words(say("exports.counting_rule", rule=head.counting_rule), "italic")], "Body"))
    if head.outcome["awaiting"]:
        said.append(paragraph([Words(say("exports.interim", count=head.outcome["awaiting"]), "both")], "Body"))
    said.append(paragraph([Words(say("exports.results"))], "Body", "<w:keepNext/>"))
    return "".join(said)


def names(head: TableHead, say: Say) -> str:
    """The name of the body beside that of the State, at the very top."""
    blocks = table([LEFT, RIGHT], [row([_body(head, say), _state(head, say)])])
    return blocks + paragraph([], properties='<w:spacing w:before="0" w:after="0"/>')


def closing(head: TableHead, say: Say) -> str:
    """The signer's block below the table, kept together."""
    together = "<w:keepNext/><w:keepLines/>"
    block = "".join(
        [
            paragraph([Words(cell_texts.signer(head, say), "bold")], "Centre", together),
            paragraph([Words(say("exports.sign_here"), "italic")], "Centre", together),
            *(paragraph([], "Centre", together) for _ in range(3)),
            paragraph([], "Centre"),
        ]
    )
    gap = paragraph([], properties='<w:keepNext/><w:spacing w:before="0" w:after="120"/>')
    after = paragraph([], properties='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')
    blocks = row([cell(paragraph([], "Centre", together), LEFT), cell(block, RIGHT)])
    return gap + table([LEFT, RIGHT], [blocks]) + after


def _body(head: TableHead, say: Say) -> str:
    above = [paragraph([Words(head.above.upper())], "Centre", size=SMALLER)] if head.above else []
    name = paragraph([Words(cell_texts.issuer(head).upper(), "bold")], "Centre", size=SMALLER)
    number = paragraph([Words(say("exports.document_number"))], "Centre", size=SMALLER)
    return cell("".join([*above, name, _rule(LEFT * 36 // 100), number]), LEFT)


def _state(head: TableHead, say: Say) -> str:
    content = [
        paragraph([Words(say("exports.state"), "bold")], "Centre", size=SMALLER),
        paragraph([Words(say("exports.motto"), "bold")], "Centre"),
        _rule(RIGHT * 27 // 100),
        paragraph([Words(say("exports.place_and_date", place=head.place), "italic")], "Centre"),
    ]
    return cell("".join(content), RIGHT)


def _rule(indent: int) -> str:
    """A line below a name, `indent` twips short on either side."""
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    spacing = '<w:spacing w:before="0" w:after="80" w:line="60" w:lineRule="exact"/>'
    sides = f'<w:ind w:left="{indent}" w:right="{indent}"/>'
    return paragraph([], properties=f'{border}{spacing}{sides}<w:jc w:val="center"/>')


def _text(text: str) -> str:
    return paragraphs([[Words(text)]], "Body")
