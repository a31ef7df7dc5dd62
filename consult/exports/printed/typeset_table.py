"""The rows of a table as a tagged PDF. Apart from the rule how many there may be (`table_pdf.py`): what sets a PDF
takes a sixth of the memory of a program that writes tables, and of a large table none is set."""

from collections.abc import Iterable, Sequence
from typing import Any

from consult.exports import cell_texts
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead
from consult.exports.official_templates import environment
from consult.exports.printed.placed import Cells, Placed, names_of, shares_of
from consult.exports.together.copies import Annex
from consult.official_papers.wordml import Paragraph, Words
from consult.web.files import paper_fonts, typesetting


def pdf_of(head: TableHead, rows: Sequence[Placed], annex: Annex, say: Say) -> bytes:
    """The PDF of these rows; the annex knows the copies of all of them."""
    font = paper_fonts.chosen()
    source = _template().render(
        head=head, rows=_told(head, rows, say), annex=annex.entries, names=names_of(head), shares=shares_of(head),
        family=font.family if font else "", issuer=cell_texts.issuer(head), above_table=_above(head, say), say=say,
        signer=cell_texts.signer(head, say),
    )  # fmt: skip
    return typesetting.pdf_of(source, font.folder if font else None)


def _template() -> Any:
    filters = {"typeset": typesetting.quoted, "typeset_language": typesetting.language}
    return environment("", **filters).get_template("exports/table.typ")


def _told(head: TableHead, rows: Iterable[Placed], say: Say) -> list[tuple[str, Sequence[Sequence[Paragraph]]]]:
    """Each row as a heading over the whole width, or as its cells, whose paragraphs are lines."""
    cells = Cells(head, say)
    found: list[tuple[str, Sequence[Sequence[Paragraph]]]] = []
    for one in rows:
        if one.line is None:
            found.append((one.heading or say("exports.no_opinion"), ()))
        else:
            found.append(("", [_lines(said) for said in cells.of(one, again=True)]))
    return found


def _lines(said: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a cell, each broken where its words hold a line feed."""
    found: list[list[Words]] = []
    for paragraph in said:
        found.append([])
        for words in paragraph:
            for place, text in enumerate(words.text.split("\n")):
                if place:
                    found.append([])
                found[-1].append(Words(text, words.look))
    return [line for line in found if any(words.text.strip() for words in line)]


def _above(head: TableHead, say: Say) -> list[str]:
    """What stands between the name of the table and its rows."""
    told = [head.intro, cell_texts.counts(head, say), cell_texts.counted_at(head, say)]
    told += [words for words in (cell_texts.breakdown(head, say), cell_texts.silent(head, say)) if words]
    told += [line for words in cell_texts.notes(head, say) for line in words.split("\n")]
    told.append(say("exports.counting_rule", rule=head.counting_rule))
    if head.outcome["awaiting"]:
        told.append(say("exports.interim", count=head.outcome["awaiting"]))
    return [*told, say("exports.results")]
