"""The sheets that lie in a pile: their pages, what is missing or there twice, what was ticked where that is sure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.files.paper_forms import layout
from consult.files.paper_forms.ticks import MARKED, Tick
from consult.responses.paper import sheets
from consult.responses.paper.models import PaperForm, PaperPile, ScannedPage
from consult.submissions.inputs import Codes

UNSURE = "unsure"
"""What is proposed for a clause whose boxes do not say one thing: a person is asked."""


@dataclass(frozen=True)
class Returned:
    """A sheet of a pile: its pages as they were found (the first of each), those that lie there more than once, those
    that are missing, and under which number it was recorded (0 when it was not)."""

    form: PaperForm
    number: int
    pages: Sequence[ScannedPage]
    twice: Sequence[int]
    missing: Sequence[int]
    elsewhere: bool
    recorded: int

    @property
    def cuts(self) -> dict[str, tuple[ScannedPage, str]]:
        """What is handwritten on it, by field: the page and the hash of the cut."""
        return {name: (page, cut) for page in self.pages for name, cut in page.cuts.items()}

    @property
    def choices(self) -> list[str]:
        """What is ticked for each clause: its choice, nothing, or UNSURE."""
        ticks = {name: found for page in self.pages for name, found in page.ticks.items()}
        return [_choice(ticks, clause) for clause in range(len(self.form.clauses))]

    @property
    def publish(self) -> str:
        """Whether the name may be public: "1", nothing, or UNSURE. Sheets of branches do not ask."""
        if self.form.branch_id is not None:
            return ""
        found = {page.ticks["publish"] for page in self.pages if "publish" in page.ticks}
        if not found <= {*MARKED, Tick.EMPTY}:
            return UNSURE
        return "1" if found and found <= MARKED else ""

    @property
    def unsure(self) -> int:
        """How much of it a person has to say."""
        return sum(one == UNSURE for one in (*self.choices, self.publish))


Recorded = Callable[[Sequence[str]], Mapping[str, int]]
"""Under which number each key was recorded, for those that were."""


def of_pile(
    session: Session, pile: PaperPile, mine: Callable[[PaperForm], bool], recorded: Recorded, codes: Codes
) -> tuple[list[Returned], list[ScannedPage]]:
    """The sheets of a pile by form and number, and its strange pages: no tag, or of a form that is not `mine`."""
    tags = {page.tag for page in pile.pages}
    known = {one.tag: one for one in session.scalars(select(PaperForm).where(PaperForm.tag.in_(tags))) if mine(one)}
    by_sheet: dict[tuple[str, int], list[ScannedPage]] = defaultdict(list)
    strange = []
    for page in pile.pages:
        form = known.get(page.tag)
        if form is None or not 1 <= page.sheet <= form.sheets:
            strange.append(page)
        else:
            by_sheet[page.tag, page.sheet].append(page)
    keys = {(tag, number): sheets.key_of(known[tag], number, codes) for tag, number in by_sheet}
    numbers, others = recorded(list(keys.values())), _elsewhere(session, pile)
    found = [
        _returned(known[tag], number, pages, (tag, number) in others, numbers.get(keys[tag, number], 0))
        for (tag, number), pages in sorted(by_sheet.items(), key=lambda one: (known[one[0][0]].printed_at, one[0]))
    ]
    return found, strange


def _elsewhere(session: Session, pile: PaperPile) -> set[tuple[str, int]]:
    tags = {page.tag for page in pile.pages if page.tag}
    rows = session.execute(
        select(ScannedPage.tag, ScannedPage.sheet).where(ScannedPage.tag.in_(tags), ScannedPage.pile_id != pile.id)
    )
    return {(tag, sheet) for tag, sheet in rows}


def _returned(form: PaperForm, number: int, pages: Sequence[ScannedPage], elsewhere: bool, recorded: int) -> Returned:
    by_page: dict[int, list[ScannedPage]] = defaultdict(list)
    for page in pages:
        by_page[page.page].append(page)
    wanted = range(1, len(layout.pages(len(form.clauses))) + 1)
    return Returned(
        form,
        number,
        [max(by_page[page], key=lambda one: one.codes) for page in sorted(by_page)],
        [page for page in wanted if len(by_page.get(page, ())) > 1],
        [page for page in wanted if page not in by_page],
        elsewhere,
        recorded,
    )


def _choice(ticks: Mapping[str, str], clause: int) -> str:
    found = {choice: ticks.get(layout.box_name(clause, choice), Tick.UNSURE) for choice in layout.CHOICES}
    if Tick.UNSURE in found.values():
        return UNSURE
    marked = [choice for choice, tick in found.items() if tick in MARKED]
    return marked[0] if len(marked) == 1 else (UNSURE if marked else "")
