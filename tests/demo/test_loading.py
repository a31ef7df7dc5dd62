"""`flask demo` on an empty machine: every matter in its stage, work on every list, and nobody else's data touched."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import Database
from consult.demo import content
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.answers import public_sums
from consult.responses.desk.counts import counts
from consult.responses.desk.proposals import waiting
from consult.responses.models import ResponsePublication, ResponseVersion
from consult.responses.words import Disposition
from consult.stages import stage_of
from consult.submissions.models import Comment, CommentVersion, Critique, Submission
from consult.submissions.words import SubmissionKind
from consult.workspace.models import OrganisationDraft
from tests.application import OWN_NAMES
from tests.builders import make_organisation, make_user
from tests.conftest import CHECKOUT
from tests.demo.conftest import Loaded, run_demo, settings_of
from tests.live import served
from tests.pages import Browser

MATTERS = content.matters()
SLUGS = [row["slug"] for row in MATTERS]
CONCLUDED = [row["slug"] for row in MATTERS if row["expected_stage"] == "concluded"]


def matter(session: Session, slug: str) -> Consultation:
    """A matter of the demonstration."""
    return session.scalars(select(Consultation).where(Consultation.slug == slug)).one()


def whole(file: Path) -> str:
    """What a file is, to see later that nobody touched it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_it_says_in_few_lines_who_can_sign_in(loaded: Loaded) -> None:
    assert loaded.said.exit_code == 0, loaded.said.output
    lines = loaded.said.stdout.splitlines()
    assert f"Đã dựng {len(MATTERS)} đợt lấy ý kiến minh họa." in lines
    assert len(lines) <= 30
    officials = ("Cán bộ xử lý", "Lãnh đạo phê duyệt", "Người công bố", "Quản trị hệ thống")
    for role in (*officials, "Người được giao quyền gửi"):
        assert f"    {role}: " in loaded.said.stdout
    assert lines[-1].strip().startswith("và ")


@pytest.mark.parametrize("row", MATTERS, ids=SLUGS)
def test_every_matter_is_in_its_stage(shown: Session, row: dict[str, str]) -> None:
    assert stage_of(matter(shown, row["slug"]), clock.now()).value == row["expected_stage"]


def test_there_are_many_comments_answers_of_every_kind_and_letters_of_everybody(shown: Session) -> None:
    assert len(shown.scalars(select(Comment.id)).all()) >= 200
    published = select(ResponseVersion.disposition).join(
        ResponsePublication,
        (ResponsePublication.consultation_id == ResponseVersion.consultation_id)
        & (ResponsePublication.version_id == ResponseVersion.id),
    )
    assert set(shown.scalars(published)) == set(Disposition)
    senders = select(Organisation.kind).join(Submission, Submission.organisation_id == Organisation.id)
    formal = set(shown.scalars(senders.where(Submission.kind == SubmissionKind.FORMAL)))
    assert formal >= set(OrganisationKind) - {OrganisationKind.PEOPLES_COUNCIL}
    critics = senders.join(
        Critique,
        (Critique.consultation_id == Submission.consultation_id) & (Critique.submission_id == Submission.id),
    )
    assert set(shown.scalars(critics)) == {OrganisationKind.FRONT_COMMITTEE}


@pytest.mark.parametrize("slug", SLUGS)
def test_both_sums_add_up(shown: Session, slug: str) -> None:
    this = matter(shown, slug)
    received = shown.scalar(select(func.count()).where(Comment.consultation_id == this.id))
    for told, total in (
        (public_sums.outcome(shown, this.id), "received"),
        (public_sums.visibility(shown, this.id), "total"),
    ):
        assert told.pop(total) == received
        assert sum(sum(term.values()) if isinstance(term, dict) else term for term in told.values()) == received
    assert (public_sums.outcome(shown, this.id)["awaiting"] == 0) is (slug in CONCLUDED or received == 0)


def test_every_list_of_work_has_something_in_it(shown: Session) -> None:
    this = matter(shown, "phan-loai-rac")
    work = counts(shown, this)
    assert work.in_check and work.to_approve and work.to_publish and work.proposed
    assert [one.act.reason for one in waiting(shown, this, None, clock.local_day(clock.now()))] == ["personal_data"]
    seen = public_sums.visibility(shown, this.id)
    assert seen["in_check"] and seen["redacted"] and seen["quarantined"] and seen["withheld"]
    unsent = shown.scalars(select(OrganisationDraft).where(OrganisationDraft.submission_id.is_(None))).all()
    assert {draft.ready_at is not None for draft in unsent} == {True, False}
    changed = shown.scalars(select(CommentVersion.version).where(CommentVersion.version > 1)).all()
    assert len(changed) == 2
    plan = matter(shown, "ke-hoach-5-nam")
    assert 0 < public_sums.outcome(shown, plan.id)["answered"] < public_sums.outcome(shown, plan.id)["received"]


def test_paper_came_before_it_was_entered(shown: Session) -> None:
    entered = shown.scalars(select(Submission).where(Submission.recorded_by_id.is_not(None))).all()
    assert {one.channel.value for one in entered} >= {"post", "in_person", "meeting"}
    earlier = [one for one in entered if one.received_at < one.recorded_at]
    assert earlier and all(one.received_reason for one in earlier)


def test_nothing_poses_as_official(site: Flask) -> None:
    browser = Browser(site, REMOTE_ADDR="127.0.0.1")
    home = browser.get("/")
    assert "DỮ LIỆU MINH HỌA" in home.text
    for slug in SLUGS:
        page = browser.get(f"/lay-y-kien/{slug}/du-thao/1/")
        assert "DỮ LIỆU MINH HỌA" in page.text
        assert not re.search(r"Số:\s*\d", page.text)
        browser.get(f"/lay-y-kien/{slug}/")
        browser.get(f"/lay-y-kien/{slug}/y-kien/")


def test_the_public_ledger_of_every_matter_holds(site: Flask) -> None:
    with served(site) as address:
        for slug in SLUGS:
            said = subprocess.run(
                [sys.executable, str(CHECKOUT / "docs" / "verify_ledger.py"), address, slug],
                capture_output=True, text=True, check=False, timeout=60,
            )  # fmt: skip
            assert said.returncode == 0, f"{slug}: {said.stdout}{said.stderr}"


def test_a_second_run_keeps_everything_and_says_so(loaded: Loaded) -> None:
    before = whole(loaded.database)
    said = run_demo(loaded.settings)
    assert said.exit_code == 0
    assert said.stdout.startswith(f"Bản minh họa đã có sẵn với {len(MATTERS)} đợt lấy ý kiến và được giữ nguyên.")
    assert whole(loaded.database) == before


def test_a_database_of_somebody_else_is_left_alone(settings: dict[str, object], tmp_path: Path) -> None:
    folder = Path(str(settings["INSTANCE"]))
    folder.mkdir()
    database = Database(str(settings["DATABASE_URL"]), folder, "OFF")
    with database.session() as session:
        make_user(session, make_organisation(session), [Role.OFFICER])
    database.engine.dispose()
    before = set(tmp_path.rglob("*"))
    said = run_demo({**settings_of(tmp_path), "DATABASE_URL": settings["DATABASE_URL"]})
    assert said.exit_code != 0
    assert said.output.count("\n") == 1 and "không phải do lệnh demo tạo ra" in said.output
    assert {path for path in set(tmp_path.rglob("*")) - before if "ledger" in path.name} == set()
    database = Database(str(settings["DATABASE_URL"]), folder, "OFF")
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 1
        assert session.scalars(select(Organisation.level)).one() is Level.PROVINCE
    database.engine.dispose()


def test_production_is_refused(tmp_path: Path) -> None:
    said = run_demo({**settings_of(tmp_path), **OWN_NAMES, "ENVIRONMENT": "production", "DEMO": False})
    assert said.exit_code != 0
    assert said.output.count("\n") == 1 and "CONSULT_ENV=production" in said.output
    assert not (tmp_path / "instance" / "consult.sqlite").exists()
