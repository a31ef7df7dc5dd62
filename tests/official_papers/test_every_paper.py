"""Every paper there is a template for is made of nothing, as a Word file and as a tagged PDF: blanks where nothing is
known, and no level of its headings left out."""

from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from flask import Flask

from consult.official_papers import word_file
from consult.official_papers.paper import Letterhead
from consult.web.files import papers
from tests.house.rooms import CHECKOUT
from tests.tagged_pdfs import problems_of
from tests.workspace.papers.test_papers import lines_of

TEMPLATES = CHECKOUT / "templates" / "papers"
EVERY = sorted(
    str(one.relative_to(TEMPLATES).with_suffix(""))
    for one in TEMPLATES.rglob("*.xml")
    if "extends 'papers/frame.xml'" in Path(one).read_text()
)


class Nothing(dict[str, object]):
    """Of which whatever is asked is not known."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name, Nothing())

    def __str__(self) -> str:
        return ""


BODY = Nothing(name="Sở Nông nghiệp và Môi trường")
MATTER = Nothing(
    title="Dự thảo Quyết định", slug="phan-loai-rac", kind="legal_draft", procedure="comment", lead=BODY,
    answering=BODY, issuing=BODY,
)  # fmt: skip
EXCHANGE = SimpleNamespace(
    quarter=1, year=2027, held_on=None, place="", first_leader="", second_leader="", attendants="", minutes="",
    items=[], decisions=[], leaders=[],
)  # fmt: skip
"""Of which `items` are no method, as they would be of nothing."""
RESULTS = Nothing(blocks=[], earlier=[], questions=[], total=Nothing(questions={}))
PROGRAMME = Nothing(
    matter=MATTER, bodies=[BODY, BODY], first_party=BODY, second_party=BODY, units=[], further=[]
)  # fmt: skip
REPORT = Nothing(kind="year", year=2027, texts={})


DAY = date(2027, 1, 5)
ROUND = Nothing(subject="Việc", lead=BODY, supervised=BODY, members=[], starts_on=DAY, ends_on=DAY)
DUE = dict.fromkeys(("plan", "own_report", "report"), DAY)


def told(**more: object) -> dict[str, object]:
    """What a paper is told of which hardly anything is known."""
    return {
        "paper": Letterhead("Sở Nông nghiệp và Môi trường"), "matter": MATTER,
        "draft": Nothing(chaired_by="", recorded_by=""), "opinions": [], "invitations": [], "invitation": None,
        "plan": Nothing(), "lines": [], "outcome": Nothing(received=0), "joiners": 0, "days": 0, "over": False,
        "year": 2027, "last_day": None, "sheet": Nothing(hash="0" * 64, number=1), "rows": [], "points": [], "sums": {},
        "table": Nothing(outcome=Nothing(received=0, invalid={}), joiners=0), "times": Nothing(), "asked": 0,
        "taking_part": Nothing(people=Nothing(count=0)), "replied": 0, "critiques": [], "answered": 0, "places": [],
        "against": [], "second_words": {},
        "programme": PROGRAMME, "exchange": EXCHANGE, "tasks": [],
        "report": REPORT, "told": Nothing(sections=[]), "planned": [], "official": str,
        "course": Nothing(), "person": Nothing(), "code": "", "address": "",
        "round": ROUND, "due": DUE, "visits": [], "own_report": None, "recommended": [], "own": [], "addressee": BODY,
        "survey": Nothing(year=2027), "results": RESULTS, "frozen_on": None,
        **more,
    }  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_it_is_made_of_nothing(app: Flask, name: str) -> None:
    with app.test_request_context():
        paper = papers.described(name, **told())
        pdf = papers.answered(paper, name, "pdf").get_data()
    # A letter may have no heading at all; where there are some, none of their levels is left out.
    assert set(problems_of(pdf)) <= {"no heading"}
    assert not any("None" in line for line in lines_of(word_file.written(paper, "")))


def test_a_list_and_those_who_sign_are_as_people_write_them(app: Flask) -> None:
    draft = Nothing(
        participants="12 đại diện hộ\n1. Hội Nông dân\n2) Hội Phụ nữ\n- Sở Y tế", chaired_by="Hà Văn Én, Chủ tịch",
        recorded_by="Lò Thị Kín",
    )  # fmt: skip
    with app.test_request_context():
        paper = papers.described("minutes", **told(draft=draft))
    said = lines_of(word_file.written(paper, ""))
    assert {"- 12 đại diện hộ", "1. Hội Nông dân", "2) Hội Phụ nữ", "- Sở Y tế"} <= set(said)
    assert said[-1] == "Hà Văn Én" and "Lò Thị Kín" in said


def test_who_signs_stands_whole_on_a_page_that_says_something(app: Flask) -> None:
    with app.test_request_context():
        paper = papers.described("asking", **told())
    with ZipFile(BytesIO(word_file.written(paper, ""))) as package:
        document = package.read("word/document.xml").decode()
    before, _signed = document.rsplit("<w:cantSplit/>", 1)
    assert "<w:keepNext/>" in before[before.rindex("Rất mong") - 200 : before.rindex("Rất mong")]
    # An empty line between the last words and who signs would leave the words behind in LibreOffice.
    assert before[: before.rindex("<w:tbl>")].endswith("</w:t></w:r></w:p>")
    address = before.index("/lay-y-kien/")
    assert '<w:jc w:val="left"/>' in before[address - 300 : address]
