"""`import-draft` on a database that has nothing but its tables."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import queries
from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind
from consult.stages import Stage, stage_of
from tests.builders import DRAFT, make_organisation


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft as a file."""
    path = tmp_path / "du-thao.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    """The exit code of a command and what it said."""
    result = app.test_cli_runner().invoke(args=list(arguments))
    return result.exit_code, result.output


def test_a_draft_is_imported_into_an_empty_database_and_open_today(
    app: Flask, app_session: Session, draft: Path
) -> None:
    code, said = run(app, "import-draft", str(draft), "--title", "Phân loại rác", "--kind", "legal_draft", "--publish")
    assert (code, said) == (0, "phan-loai-rac\n")
    consultation = queries.by_slug(app_session, "phan-loai-rac")
    assert stage_of(consultation, clock.now()) is Stage.OPEN
    assert consultation.lead_id == consultation.answering_id
    user = app_session.scalars(select(User)).one()
    assert user.disabled_at is not None and user.password_hash is None
    code, said = run(app, "import-draft", str(draft), "--title", "Phân loại rác", "--kind", "plan")
    assert (code, said) == (0, "phan-loai-rac-2\n")
    app_session.rollback()
    assert stage_of(queries.by_slug(app_session, "phan-loai-rac-2"), clock.now()) is Stage.DRAFTING
    assert len(app_session.scalars(select(Organisation)).all()) == 3


def test_a_body_that_is_no_more_leads_nothing_new(app: Flask, app_session: Session, draft: Path) -> None:
    today = clock.local_day(clock.now())
    kinds = (OrganisationKind.DEPARTMENT, OrganisationKind.PEOPLES_COMMITTEE)
    for kind in kinds:
        make_organisation(app_session, kind, name=f"{kind} trước sáp nhập").valid_to = today
    there = {kind: make_organisation(app_session, kind, name=f"{kind} hiện nay").id for kind in kinds}
    app_session.commit()
    assert run(app, "import-draft", str(draft), "--title", "Phân loại rác", "--kind", "legal_draft")[0] == 0
    made = queries.by_slug(app_session, "phan-loai-rac")
    assert (made.lead_id, made.issuing_id) == tuple(there[kind] for kind in kinds)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "eia_report"], "quy định áp dụng"),
        (["--kind", "eia_report", "--procedure", "eia_statutory"], "Không tìm thấy"),
        (["--kind", "plan", "--lead", "Sở không có"], "Không tìm thấy"),
    ],
)
def test_what_cannot_be_imported_leaves_nothing_behind(
    app: Flask, app_session: Session, draft: Path, options: list[str], said: str
) -> None:
    code, output = run(app, "import-draft", str(draft), "--title", "X", *options)
    assert code == 1 and said in output
    assert not app_session.scalars(select(Organisation)).all()


def test_a_file_that_is_none_is_refused_in_one_sentence(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"PK\x03\x04")
    code, output = run(app, "import-draft", str(path), "--title", "X", "--kind", "plan")
    assert code == 1 and "hỏng" in output and len(output.strip().splitlines()) == 1


def test_the_front_asks_in_its_own_name(app: Flask, app_session: Session, draft: Path) -> None:
    code, said = run(
        app, "import-draft", str(draft), "--title", "Ý kiến", "--kind", "eia_report", "--procedure", "front_opinion"
    )
    assert code == 0
    consultation = queries.by_slug(app_session, said.strip())
    assert consultation.lead.kind == "front_committee" and consultation.answering_id == consultation.lead_id


def test_a_body_that_is_no_more_leads_nothing(app: Flask, app_session: Session, draft: Path) -> None:
    """The department of before the merger came first, and one of its name would come first under it too."""
    today = clock.local_day(clock.now())
    for name, ended in (("Sở cũ", today), ("Sở mới", today), ("Sở mới", None)):
        make_organisation(app_session, name=name).valid_to = ended
    make_organisation(app_session, OrganisationKind.PEOPLES_COMMITTEE)
    app_session.commit()
    for options in ([], ["--lead", "so moi"]):
        code, said = run(app, "import-draft", str(draft), "--title", "X", "--kind", "plan", *options)
        assert code == 0, said
        app_session.rollback()
        lead = queries.by_slug(app_session, said.strip()).lead
        assert (lead.name, lead.valid_to) == ("Sở mới", None)
    code, said = run(app, "import-draft", str(draft), "--title", "X", "--kind", "plan", "--lead", "Sở cũ")
    assert code == 1 and "Không tìm thấy" in said


@pytest.mark.real
def test_a_real_decree_is_imported_whole_and_open(app: Flask, app_session: Session, samples: Path) -> None:
    file = samples / "legal" / "08_2022_ND-CP_m_479457.docx"
    code, said = run(app, "import-draft", str(file), "--title", "Nghị định 08", "--kind", "legal_draft", "--publish")
    assert (code, said) == (0, "nghi-dinh-08\n")
    consultation = queries.by_slug(app_session, "nghi-dinh-08")
    provisions = queries.provisions_of(app_session, queries.current_revision(app_session, consultation.id))
    articles = [one for one in provisions if one.kind == "article" and "." not in one.path]
    assert len(articles) == 169
