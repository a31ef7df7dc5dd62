"""pyxform takes every form that is made, and the form is another one exactly when it says something else."""

import io
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.xls2xform import convert
from sqlalchemy.orm import Session

from consult.collections.clause_list import Clause
from consult.collections.models import Collection
from consult.collections.openrosa import xlsform
from tests.collections.openrosa.xform_rules import problems
from tests.collections.scene import collecting
from tests.collections.spreadsheet.filled import clauses_of, say

WORDS = st.text(max_size=80) | st.sampled_from(["${text}", "$ {x}", "# A", "<b>&amp;", "]]>", "${", "a\nb", "*x*"])


def form_of(title: str, asked: str, clauses: list[Clause]) -> xlsform.Form:
    told = cast(Any, SimpleNamespace(number=7, title=title, asked=asked, consultation=clauses or None))
    return xlsform.form(cast(Collection, told), clauses, say)


@given(WORDS, WORDS, st.lists(WORDS, max_size=5))
def test_whatever_people_write_makes_a_form(title: str, asked: str, words: list[str]) -> None:
    clauses = [Clause(f"du-thao/1/d{place}.k1.pdd", one) for place, one in enumerate(words)]
    made = form_of(title, asked, clauses)
    xform = xlsform.xml(made)
    assert f'version="{made.version}"' in xform and xform.count("du-thao/1/") == len(clauses)
    assert problems(xform) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id="thu-thap-7"', 'id="thu thap"'),
        ("<note/>", "<note/><note/>"),
        ('nodeset="/data/note"', 'nodeset="/data/nota"'),
        ('type="date"', 'type="day"'),
        ("<name>oppose</name>", "<name>sup port</name>"),
        ("<name>oppose</name>", "<name>support</name>"),
        ("instance('stance')", "instance('stand')"),
        ('mediatype="audio/*"', 'mediatype="sound"'),
        ("<instanceID/>", ""),
        ('relevant="', 'relevant="('),
    ],
)
def test_the_second_reading_sees_what_a_program_stumbles_over(old: str, new: str) -> None:
    xform = xlsform.xml(form_of("A", "B", [Clause("du-thao/1/d1", "Điều 1")]))
    assert old in xform and problems(xform) == [] != problems(xform.replace(old, new, 1))


def test_the_workbook_is_the_same_form(session: Session) -> None:
    scene = collecting(session, "Xã A")
    made = xlsform.form(scene.collection, clauses_of(session, scene.branches["Xã A"]), say)
    assert convert(xlsform=io.BytesIO(xlsform.xlsx(made)), warnings=[], form_name="data").xform == xlsform.xml(made)
    assert "du-thao/1/d2.k1" in xlsform.xml(made)


def test_a_standing_collection_asks_about_no_clause(session: Session) -> None:
    scene = collecting(session, "Xã A", standing=True)
    assert "Góp ý về" not in xlsform.xml(xlsform.form(scene.collection, [], say))


def test_its_version_changes_with_the_draft(session: Session) -> None:
    first = form_of("A", "B", [Clause("du-thao/1/d1", "Điều 1")])
    assert form_of("A", "B", [Clause("du-thao/1/d1", "Điều 1")]).version == first.version
    assert form_of("A", "B", [Clause("du-thao/2/d1", "Điều 1")]).version != first.version
    assert first.form_id == "thu-thap-7"
