"""What lies in a pile: pages that are missing, there twice, in another pile; and what their boxes say together."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from consult.db import new_id
from consult.files.paper_forms import layout
from consult.responses.paper import returned
from consult.responses.paper.models import PaperForm, PaperPile, ScannedPage
from consult.responses.paper.returned import UNSURE, Returned
from tests.application import CODES
from tests.builders import NOW, make_consultation
from tests.responses.paper.form import make_form


@pytest.fixture
def form(session: Session) -> PaperForm:
    """Twelve clauses on two pages."""
    made = make_form(make_consultation(session).id)
    session.add(made)
    session.flush()
    return made


def scanned(form: PaperForm, page: int, sheet: int = 1, **ticks: str) -> ScannedPage:
    """A page as it was found; what is not named is empty."""
    boxes = {box.name: "empty" for box in layout.pages(len(form.clauses))[page - 1].boxes}
    marked = {name.replace("c", "", 1).replace("_", "."): found for name, found in ticks.items()}
    return ScannedPage(
        id=new_id(), file=0, picture=0, tag=form.tag, sheet=sheet, page=page, codes=4, ticks=boxes | marked,
        picture_hash="a" * 64, cuts={},
    )  # fmt: skip


def pile(session: Session, form: PaperForm, *pages: ScannedPage) -> PaperPile:
    made = PaperPile(
        id=new_id(), consultation_id=form.consultation_id, files=[], received_on=date(2026, 11, 20), added_at=NOW
    )
    for position, page in enumerate(pages):
        page.position = position
    made.pages = list(pages)
    session.add(made)
    session.flush()
    return made


def sheets(session: Session, held: PaperPile) -> tuple[list[Returned], list[ScannedPage]]:
    return returned.of_pile(session, held, lambda form: True, lambda keys: {}, CODES)


def test_pages_are_put_together_by_sheet(session: Session, form: PaperForm) -> None:
    held = pile(session, form, scanned(form, 2, 3), scanned(form, 1, 1), scanned(form, 1, 3), scanned(form, 1, 3))
    found, strange = sheets(session, held)
    assert [(one.number, list(one.missing), list(one.twice)) for one in found] == [(1, [2], []), (3, [], [1])]
    assert not strange and not any(one.elsewhere for one in found)
    again, _ = sheets(session, pile(session, form, scanned(form, 1, 1)))
    assert again[0].elsewhere


def test_a_sheet_that_was_never_printed_is_strange(session: Session, form: PaperForm) -> None:
    found, strange = sheets(session, pile(session, form, scanned(form, 1, form.sheets + 1)))
    assert not found and len(strange) == 1


@pytest.mark.parametrize(
    ("ticks", "said"),
    [
        ({}, ""),
        ({"c0_oppose": "crossed"}, "oppose"),
        ({"c0_other": "filled"}, "other"),
        ({"c0_support": "filled", "c0_oppose": "crossed"}, UNSURE),
        ({"c0_support": "crossed", "c0_oppose": "unsure"}, UNSURE),
        ({"c0_support": "unsure"}, UNSURE),
    ],
)
def test_one_box_says_something_and_two_are_asked(
    session: Session, form: PaperForm, ticks: dict[str, str], said: str
) -> None:
    [sheet], _ = sheets(session, pile(session, form, scanned(form, 1, **ticks), scanned(form, 2)))
    assert sheet.choices == [said] + [""] * 11


def test_what_stands_on_a_missing_page_is_asked(session: Session, form: PaperForm) -> None:
    [sheet], _ = sheets(session, pile(session, form, scanned(form, 1)))
    assert sheet.choices == [""] * 8 + [UNSURE] * 4
