"""The papers of a round: its plan, its report and a letter to each addressee, from what was recorded."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound
from consult.official_papers import word_file
from consult.people.words import Role
from consult.programme.rounds import paper, recommendations
from consult.programme.rounds.models import Round
from consult.programme.words import StepKind
from consult.web.files import papers
from tests.application import sign_in
from tests.builders import make_user
from tests.days import as_typed
from tests.pages import Browser
from tests.programme.scene import Parties, make_parties
from tests.workspace.papers.test_papers import lines_of


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties and a commune, today."""
    return make_parties(app_session, clock.now())


def to_department(parties: Parties, one: Round, text: str) -> None:
    """It recommends something to the Department."""
    due = parties.today + timedelta(days=40)
    recommendations.recommend(parties.session, one, text, parties.department.id, due, None, parties.writer, parties.now)
    parties.session.flush()
    parties.session.expire(one)


def written(app: Flask, name: str, told: paper.Told) -> list[str]:
    """The lines of the Word file of a paper."""
    with app.test_request_context():
        return lines_of(word_file.written(papers.described(f"programme/{name}", **told), ""))


def test_the_plan_has_members_and_the_day_of_each_step(app: Flask, parties: Parties) -> None:
    one = parties.round(parties.programme())
    said = written(app, "round_plan", paper.plan(one))
    assert {"KẾ HOẠCH", "Nguyễn Văn A", "Trưởng ban", "Trần Thị B"} <= set(said)
    until = one.starts_on - timedelta(days=15)
    assert f"Chậm nhất {as_typed(until)}" in said
    assert any("Số:" in line and "/KH-" in line for line in said)
    parties.step(one, StepKind.PLAN, released=False, letter_number="15/KH-MTTQ-BTT")
    parties.session.expire(one)
    assert "Số: 15/KH-MTTQ-BTT" in written(app, "round_plan", paper.plan(one))


def test_the_report_tells_what_was_seen_and_recommends_by_addressee(app: Flask, parties: Parties) -> None:
    one = parties.round(parties.programme())
    parties.step(one, StepKind.VISIT, place="Điểm <tập kết>", text="Không có mái che.")
    parties.recommended(one, public=False, text="Làm mái che.")
    to_department(parties, one, "Hướng dẫn xã.")
    parties.step(one, StepKind.REPORT, day=parties.today, text="Điểm tập kết chưa bảo đảm.")
    parties.session.expire(one)
    said = "\n".join(written(app, "round_report", paper.report(one)))
    for words in ("Điểm <tập kết>: Không có mái che.", "Điểm tập kết chưa bảo đảm.", "- Hướng dẫn xã (thực hiện"):
        assert words in said
    assert said.index(f"1. Đối với {parties.commune.name}:") < said.index(f"2. Đối với {parties.department.name}:")


def test_each_addressee_reads_only_what_is_theirs(app: Flask, parties: Parties) -> None:
    one = parties.round(parties.programme())
    own = parties.recommended(one, public=False, text="Làm mái che.")
    to_department(parties, one, "Hướng dẫn xã.")
    said = "\n".join(written(app, "round_letter", paper.letter(one, own.number)))
    assert f"Kính gửi: {parties.commune.name}" in said and "1. Làm mái che. Đề nghị" in said
    assert "Hướng dẫn xã" not in said and "None" not in said
    with pytest.raises(NotFound):
        paper.letter(one, 99)


def test_who_leads_takes_them_away_from_the_page_and_nobody_else(app: Flask, parties: Parties) -> None:
    programme = parties.programme()
    one = parties.round(programme)
    parties.step(one, StepKind.PLAN)
    parties.recommended(one, public=False)
    writer, commune = Browser(app), Browser(app)
    sign_in(writer, make_user(parties.session, parties.front, [Role.DRAFTER]))
    sign_in(commune, make_user(parties.session, parties.commune, [Role.OFFICER]))
    page = writer.get(f"/phoi-hop/giam-sat/{programme.matter.slug}/{one.number}/")
    taken = page.find("//a[contains(@href, '.docx') or contains(@href, '.pdf')]/@href")
    assert len(taken) == 6
    for address in taken:
        assert writer.get(address).body[:2] in (b"PK", b"%P")
        commune.get(address, status=404)
