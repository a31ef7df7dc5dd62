"""A printed form as a PDF: what stands on it in words, set by typst."""

from dataclasses import dataclass

from consult.files.paper_forms import layout
from consult.responses.paper.models import PaperForm
from consult.responses.paper.sheets import Sheet
from consult.web.files import typesetting

TEMPLATE = "responses/paper/form.typ"


@dataclass(frozen=True)
class Clause:
    """A row of a form: the place in words, and its heading."""

    anchor: str
    words: str
    heading: str


@dataclass(frozen=True)
class Words:
    """What stands on every sheet: who asks, what about, the question, until when, and whom to turn to; and whether it
    asks if the name may be public with the opinion."""

    body: str
    title: str
    question: str = ""
    until: str = ""
    contacts: str = ""
    names: bool = True


def pdf(form: PaperForm, words: Words, sheets: list[Sheet]) -> bytes:
    """The sheets of a form as one tagged PDF."""
    said = {**vars(words), "tag": form.tag, "clauses": [Clause(*row) for row in form.clauses]}
    size = {"box": layout.BOX, "row": layout.ROW, "code": layout.CODE, "cut": layout.CUT, "columns": layout.COLUMNS}
    return typesetting.pdf(TEMPLATE, form=said, size=size, sheets=sheets, pages=layout.pages(len(form.clauses)))
