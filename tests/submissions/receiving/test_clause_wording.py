"""A proposed wording beside the clause it would replace."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.submissions.receiving import clause_wording
from tests.builders import make_consultation
from tests.look.rendering import page

CLAUSE = "2. Hộ gia đình giao chất thải đúng ngày, đúng nơi."


def told(clause: str, proposed: str) -> list[tuple[str, str]]:
    return [(piece.op, piece.text) for piece in clause_wording.redline(clause, proposed)]


def test_what_is_added_and_what_goes(session: Session) -> None:
    pieces = told(CLAUSE, "2. Hộ gia đình giao chất thải đúng giờ, đúng nơi.")
    assert ("removed", "ngày") in pieces and ("added", "giờ") in pieces
    assert "".join(text for op, text in pieces if op != "added") == CLAUSE


def test_the_number_of_a_clause_is_not_struck_out_for_who_left_it_out() -> None:
    pieces = told(CLAUSE, "Hộ gia đình giao chất thải đúng ngày.")
    assert pieces[0][0] == "same" and all("2." not in text for _op, text in pieces)


@pytest.mark.parametrize(
    "proposed", ["", CLAUSE, f"  {CLAUSE}\n", "Bỏ khoản này.", "Thành phố phải xây thêm hai trạm trung chuyển mới."]
)
def test_what_is_no_new_wording_of_the_clause_is_not_laid_against_it(proposed: str) -> None:
    assert told(CLAUSE, proposed) == []


def test_a_wording_made_to_take_long_is_told_in_one_piece_each() -> None:
    pieces = told("1. " + "a b " * 1400 + "z", "1. " + "b a a " * 2500 + "z")
    assert [op for op, _text in pieces] in (["same", "removed", "added", "same"], [])


def test_the_words_of_clauses_with_what_stands_below_them(session: Session) -> None:
    consultation = make_consultation(session)
    revision = session.scalars(select(Revision).where(Revision.consultation_id == consultation.id)).one()
    clauses = [(revision.id, path) for path in ("d2.k2", "d2.k1", "d2.k1.pdd", "d9")]
    found = clause_wording.words_of(session, consultation.id, [*clauses, None])
    assert found[revision.id, "d2.k2"] == CLAUSE
    lines = found[revision.id, "d2.k1"].splitlines()
    assert len(lines) == 6 and lines[5].startswith("đ) Chất thải nguy hại")
    assert found[revision.id, "d2.k1.pdd"] == lines[5] and found[revision.id, "d2.k2"] not in lines
    assert (revision.id, "d9") not in found


def test_both_are_told_without_colour(app: Flask) -> None:
    macro = "{% from 'components/redline.html' import redline %}{{ redline(pieces, 'x') }}"
    html = page(app, macro, pieces=clause_wording.redline(CLAUSE, CLAUSE.replace("ngày", "<b>giờ")))
    assert "(bỏ)" in html and "<del>" in html and "(thêm)" in html and "&lt;b&gt;" in html
    assert '<p class="pre">x</p>' in page(app, macro, pieces=())
