"""Reports: every number is that of the list behind it, sums add up, and what both parties agreed on stays."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.db import new_id
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.people.words import Level, OrganisationKind
from consult.programme import promises
from consult.programme.head_models import Programme
from consult.programme.materials import orders
from consult.programme.reporting import figures, reports, sections
from consult.programme.reporting.models import Report
from consult.programme.reporting.numbers import Scope
from consult.programme.sightings import solved
from consult.programme.sightings.solved import SolvedQuestions
from consult.programme.training import attendance
from consult.programme.words import ReportKind
from consult.programme.year import tasks
from consult.responses.figures.span import Span
from consult.responses.referrals import service
from consult.responses.referrals.service import Passing, Reply
from consult.submissions.inputs import Sender
from consult.submissions.models import Comment, CommentAct
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.builders import NOW, make_organisation
from tests.programme.campaigns.scene import Cleaning
from tests.programme.commendations.scene import Praise
from tests.programme.indicators.scene import Measured
from tests.programme.inspections.scene import recorded as inspected
from tests.programme.materials.scene import Library
from tests.programme.practices.scene import Models
from tests.programme.scene import TODAY, Parties, make_parties
from tests.programme.sightings.scene import HOA, make_seen
from tests.programme.surveys.scene import make_surveyed
from tests.programme.training.scene import School
from tests.responses.desk_builder import Desk, comment, make_desk

YEAR = TODAY.year
WHOLE = Span(date(YEAR, 1, 1), date(YEAR, 12, 31))


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and their people."""
    return make_parties(session)


def lived(parties: Parties) -> Programme:
    """A programme with a matter that came in on, was answered and is overdue, tasks that ended every way, and a round
    with a late recommendation."""
    session, one = parties.session, parties.programme()
    desk = make_desk(session, opened_before=90)
    commune = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "Mặt trận xã")
    for number in range(3):
        desk.receive(comment(f"Ý kiến {number}."))
    desk.receive(comment("Của Mặt trận."), kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=commune.id))
    desk.release(1, 2, 3, 4)
    desk.answer(1)
    desk.answer(2, disposition="not_accepted", text="Luật không cho phép.")
    desk.matter.answering_id = parties.department.id
    session.commit()
    due = [TODAY - timedelta(days=20), TODAY - timedelta(days=5), TODAY + timedelta(days=20), TODAY]
    owed = [parties.task(one, public=False, due_on=day) for day in due]
    for actor in (parties.signer, parties.leader):
        tasks.agree(session, one, YEAR, actor, NOW)
    for task, day in ((owed[0], TODAY - timedelta(days=10)),):
        said = promises.say(session, task.promise, "done", "Xong", day, parties.officer, NOW)
        promises.release(session, task.promise, said.number, parties.signer, NOW)
    tasks.remove(session, one, YEAR, owed[3].promise.number, "Chuyển năm sau", parties.writer, NOW)
    late = parties.recommended(parties.round(one))
    late.due_on = late.first_due_on = TODAY - timedelta(days=3)
    session.commit()
    rooms(parties, one)
    return one


def rooms(parties: Parties, one: Programme) -> None:
    """A case of what was seen, an inspection of a person with a remedy, a model with its evaluation, a scored area, a
    publication with an order, a course of one large body and one small one, a survey, and results of a commune."""
    session, seen, models = parties.session, make_seen(parties.session), Models(parties, one)
    seen.end(seen.case())
    seen.given_to(parties.department)
    inspected(parties, one, kind="individual", inspected_name="", area_id=models.area.id)
    models.said(models.made(), "evaluation", year=str(YEAR), households="40")
    models.checklist()
    models.scored("60", "30")
    shelf = Library(parties, programme=one)
    ordered = shelf.ordered(shelf.put_in())
    orders.answer(session, ordered, True, "Được", parties.officer, NOW)
    orders.deliver(session, ordered, TODAY, "150", "Đã giao", parties.officer, NOW)
    taught(parties, one)
    cleaning, praise = Cleaning(parties, one), Praise(parties, one)
    cleaning.entered(cleaning.planned())
    praise.public()
    praise.proposed(kind="group", name="Tổ tự quản")
    make_surveyed(session, FileStore(Path("/nowhere")), parties, one).survey([900])
    measured = Measured(parties, FileStore(Path("/nowhere")), one)
    measured.measures()
    for values, reason in (({"rac": "82", "diem-do": "3"}, ""), ({"rac": "81"}, "Cộng nhầm")):
        measured.entered(values=values, reason=reason, file=KeptFile("0" * 64, "nguon.pdf", "application/pdf", 1))


def taught(parties: Parties, one: Programme) -> None:
    """A course of six people of the commune and one of the department."""
    school = School(parties, one)
    course = school.began("\n".join(f"Người {number}" for number in range(1, 7)))
    before = NOW - timedelta(days=2)
    attendance.sign_up(parties.session, course, parties.department.id, "Ông Riêng", parties.officer, before)
    parties.session.refresh(course)
    school.recorded(course, set(range(1, 8)))
    attendance.publish(parties.session, course, parties.leader, NOW)


def counts(session: Session, one: Programme, span: Span = WHOLE, kind: ReportKind = ReportKind.YEAR) -> dict[str, int]:
    """Every number by its code."""
    told = figures.counted(Scope(session, one, span, min(span.until, TODAY)), kind)
    return {number.code: number.count for section in told.sections for number in section.numbers}


def test_every_number_is_that_of_the_list_behind_it(session: Session, parties: Parties) -> None:
    one = lived(parties)
    scope, found = Scope(session, one, WHOLE, TODAY), counts(session, one, kind=ReportKind.FINAL)
    assert len(found) > 40
    lists = {code: len(figures.rows(scope, ReportKind.FINAL, code)) for code in found}
    assert lists == found
    assert sum(count > 0 for count in found.values()) >= 36


def test_what_came_in_and_what_became_of_it(session: Session, parties: Parties) -> None:
    found = counts(session, lived(parties))
    told = ("matters_published", "letters", "opinions", "opinions_citizen", "opinions_commune", "answers_accepted",
            "answers_not_accepted", "answers_late", "answers_overdue")  # fmt: skip
    assert [found[code] for code in told] == [1, 1, 4, 3, 1, 1, 1, 2, 2]
    assert sum(count for code, count in found.items() if code.startswith("opinions_")) == found["opinions"]


def test_every_planned_task_counts_once(session: Session, parties: Parties) -> None:
    found = counts(session, lived(parties))
    parts = ("tasks_in_time", "tasks_done_late", "tasks_late", "tasks_open", "tasks_withdrawn", "tasks_taken_over")
    assert [found[code] for code in parts] == [0, 1, 1, 1, 1, 0]
    assert sum(found[code] for code in parts) == found["tasks_planned"] == 4


def test_what_is_recommended_is_late_as_of_a_day(session: Session, parties: Parties) -> None:
    one = lived(parties)
    found = counts(session, one)
    assert (found["rounds"], found["rounds_reported"], found["recommendations"]) == (1, 1, 1)
    assert (found["recommendations_done"], found["recommendations_late"]) == (0, 1)
    assert counts(session, one, Span(date(YEAR - 1, 1, 1), date(YEAR - 1, 12, 31)))["recommendations_late"] == 0


def test_the_years_add_up_to_the_whole(session: Session, parties: Parties) -> None:
    one = lived(parties)
    told = figures.counted(Scope(session, one, Span(one.valid_from, one.valid_to), TODAY), ReportKind.FINAL)
    numbers = [number for section in told.sections for number in section.numbers if number.years]
    assert len(numbers) > 30
    assert {number.code: sum(number.years.values()) for number in numbers} == {
        number.code: number.count for number in numbers
    }
    assert told.number("left_open").count == 4


def test_every_room_tells_what_is_public(session: Session, parties: Parties) -> None:
    found = counts(session, lived(parties))
    told = ("sightings", "cases", "cases_done", "cases_open", "inspections", "inspections_breach", "remedies",
            "surveys_opened", "surveys_published", "practices", "practices_evaluated", "practices_alive",
            "results_confirmed", "results_corrected",
            "areas_scored", "materials", "orders_delivered", "courses", "courses_held", "people_trained",
            "campaigns", "campaign_places", "campaign_results", "commendations_proposed", "commendations_decided",
            "commendations_public")  # fmt: skip
    assert [found[code] for code in told] == [
        1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 7, 1, 1, 1, 2, 1, 1,
    ]  # fmt: skip


def test_a_case_that_was_opened_again_is_open_and_told_as_such(session: Session, parties: Parties) -> None:
    one, seen = parties.programme(), make_seen(session)
    number = seen.see(mail=HOA)
    case = seen.case(number)
    seen.end(case, NOW - timedelta(days=8))
    SolvedQuestions(1).ask(session, NOW)
    session.expire(case)
    solved.say(session, case.words[0], False, "Vẫn còn", NOW)
    seen.given_to(parties.department)
    found = counts(session, one)
    assert [found[code] for code in ("cases_done", "cases_reopened", "cases_open")] == [0, 1, 1]


def test_nobody_is_named_behind_the_new_numbers(session: Session, parties: Parties) -> None:
    scope = Scope(session, lived(parties), WHOLE, TODAY)
    people = figures.rows(scope, ReportKind.YEAR, "people_trained")
    assert [row.body for row in people] == [parties.commune.name] * 6 + [""]
    assert not any("Người" in row.text or "Ông" in row.text for row in people)
    person, group = figures.rows(scope, ReportKind.YEAR, "commendations_proposed")
    assert (person.text, person.body, group.body) == ("đề nghị số 1, cho cá nhân", "", parties.commune.name)
    [row] = figures.rows(scope, ReportKind.YEAR, "commendations_public")
    assert (row.text, row.path.endswith("/guong-tot/1/")) == ("Giấy khen: đề nghị số 1, cho cá nhân", True)
    [row] = figures.rows(scope, ReportKind.YEAR, "campaign_results")
    assert (row.text, row.body) == ("Rác nhựa thu gom: 120,5 kg", "Giáo xứ Nà Pha")
    [row] = figures.rows(scope, ReportKind.YEAR, "inspections")
    assert row.body.startswith("Một cá nhân")
    [row] = figures.rows(scope, ReportKind.YEAR, "orders_delivered")
    assert (row.text, row.body, row.day) == ("Tờ rơi phân loại rác", "", TODAY.isoformat())


def test_no_row_tells_who_spoke_or_what_was_said(session: Session, parties: Parties) -> None:
    one = lived(parties)
    rows = figures.rows(Scope(session, one, WHOLE, TODAY), ReportKind.YEAR, "opinions")
    assert not any("Ý kiến 0" in row.text or row.text == "" for row in rows)
    assert {row.body for row in rows} == {parties.department.name}


def passed_on(parties: Parties, readable: bool) -> tuple[Programme, Desk]:
    """A comment that another body was asked about, whose answer nobody released yet."""
    desk = make_desk(parties.session, opened_before=90)
    desk.receive(comment("Trạm y tế xuống cấp."))
    if readable:
        desk.release(1)
    desk.answer(1, disposition="referred", text="Thuộc thẩm quyền Sở Y tế.")
    new = Passing(body_name="Sở Y tế", letter_number="12/SNNMT", sent_on=TODAY)
    made = service.pass_on(parties.session, desk.matter, 1, new, desk.officer, NOW)
    said = Reply(text="Sẽ sửa trạm.", letter="45/SYT", replied_on=TODAY)
    service.record_reply(parties.session, desk.matter, made, said, desk.officer, NOW)
    desk.matter.answering_id = parties.department.id
    parties.session.commit()
    return parties.programme(), desk


@pytest.mark.parametrize(("readable", "body"), [(True, "Sở Y tế"), (False, "")])
def test_where_a_comment_went_is_told_as_on_its_page(
    session: Session, parties: Parties, readable: bool, body: str
) -> None:
    one, _desk = passed_on(parties, readable)
    scope = Scope(session, one, WHOLE, TODAY)
    (row,) = figures.rows(scope, ReportKind.YEAR, "referred")
    assert (row.body, row.ended) == (body, "")


def test_what_is_passed_on_no_more_is_not_counted(session: Session, parties: Parties) -> None:
    one, desk = passed_on(parties, True)
    assert counts(session, one)["referred"] == 1
    own = session.scalars(select(Comment.id).where(Comment.consultation_id == desk.matter.id)).one()
    gone = {"kind": CommentActKind.WITHDRAWN, "at": NOW, "effective_at": NOW}
    session.add(CommentAct(id=new_id(), consultation_id=desk.matter.id, comment_id=own, **gone))
    session.commit()
    assert counts(session, one)["referred"] == 0


def begun(parties: Parties, one: Programme) -> Report:
    """The report of this year."""
    return reports.begin(parties.session, one, "year", YEAR, parties.writer, NOW)


def freeze(parties: Parties, files: FileStore, report: Report) -> None:
    """Freezes its numbers as of now."""
    numbers = reports.frozen(parties.session, files, report, parties.officer, NOW)
    reports.write(parties.session, report, {}, parties.officer, NOW, numbers)


def test_frozen_numbers_stay_as_they_were(session: Session, parties: Parties, tmp_path: Path) -> None:
    files, one = FileStore(tmp_path), lived(parties)
    report = begun(parties, one)
    freeze(parties, files, report)
    before = counts(session, one)
    parties.task(one, public=False, reason="Mới có kinh phí")
    kept = figures.kept(files, report)
    assert {number.code: number.count for section in kept.sections for number in section.numbers} == before
    assert counts(session, one)["tasks_planned"] == before["tasks_planned"] + 1
    lists = {code: len(figures.kept_rows(files, report, code)) for code in before}
    assert lists == before
    assert json.loads(files.get(report.file_hash))["as_of"] == TODAY.isoformat() == str(report.as_of)


def test_it_is_public_once_both_agreed_on_frozen_numbers(session: Session, parties: Parties, tmp_path: Path) -> None:
    files, one = FileStore(tmp_path), lived(parties)
    report = begun(parties, one)
    with pytest.raises(Refused, match="report_not_frozen"):
        reports.agree(session, report, parties.signer, NOW)
    freeze(parties, files, report)
    reports.agree(session, report, parties.signer, NOW)
    reports.write(session, report, {"rounds": "Giám sát tốt.", "unknown": "x"}, parties.officer, NOW)
    assert (report.agreements, report.texts) == ([], {"rounds": "Giám sát tốt."})
    assert reports.agree(session, report, parties.signer, NOW) is False
    with pytest.raises(NotFound):
        reports.public_report(session, one, report.number)
    assert reports.agree(session, report, parties.leader, NOW) is True
    own = select(LedgerEntry).where(LedgerEntry.consultation_id == one.consultation_id)
    entry = session.scalars(own.order_by(LedgerEntry.index.desc())).first()
    assert entry is not None and report.file_hash in str(entry.body)
    assert entry.kind == "report_agreed"
    with pytest.raises(Refused, match="report_public"):
        reports.write(session, report, {}, parties.writer, NOW)
    with pytest.raises(Refused, match="report_public"):
        reports.frozen(session, files, report, parties.writer, NOW)


@pytest.mark.parametrize(
    ("kind", "year"), [("quarter", YEAR), ("year", YEAR + 1), ("half", 1999), ("final", YEAR + 9), ("final", YEAR)]
)
def test_what_is_no_report(session: Session, parties: Parties, kind: str, year: int) -> None:
    one = parties.programme()
    with pytest.raises(Invalid) as wrong:
        reports.begin(session, one, kind, year, parties.writer, NOW)
    assert wrong.value.errors == {"report": "not_a_choice"}
    assert session.scalar(select(func.count()).select_from(Report)) == 0


def test_the_same_days_have_one_report(session: Session, parties: Parties) -> None:
    one = parties.programme()
    report = begun(parties, one)
    assert (report.since, report.until) == (WHOLE.since, WHOLE.until)
    with pytest.raises(Refused, match="report_exists"):
        begun(parties, one)
    with pytest.raises(NotFound):
        reports.begin(session, one, "half", YEAR, parties.of_commune, NOW)


def test_sections_have_codes_of_their_own() -> None:
    names = [one.name for one in sections.SECTIONS]
    assert len(set(names)) == len(names)
