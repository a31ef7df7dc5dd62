"""What may be done with a survey when, and by whom."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.files.store import FileStore
from consult.programme.surveys import opening, planning, sample
from consult.programme.surveys.entering import answers, spreadsheet, where
from consult.programme.surveys.entering.paper import Paper
from consult.programme.surveys.models import SurveyAnswer
from consult.programme.surveys.publishing import results
from consult.programme.surveys.questions.question import Question
from consult.programme.surveys.sample import DrawnArea
from consult.programme.surveys.words import QuestionKind, Way
from tests.builders import make_actor, make_area
from tests.programme.surveys.scene import QUESTIONS, Surveyed, all_say, make_surveyed


@pytest.fixture
def surveyed(session: Session, tmp_path: Path) -> Surveyed:
    """A programme with its parties."""
    return make_surveyed(session, FileStore(tmp_path))


def test_who_wrote_the_questions_does_not_open_the_survey(surveyed: Surveyed) -> None:
    one = surveyed.survey([900], opened=False)
    parties = surveyed.parties
    for actor, reason in ((parties.officer, "not_sender"), (parties.signer, "not_sender")):
        with pytest.raises(Refused, match=reason):
            opening.open_(surveyed.session, one, actor, parties.now)
    opening.open_(surveyed.session, one, parties.leader, parties.now)
    with pytest.raises(Refused, match="survey_open"):
        planning.ask(surveyed.session, one, QUESTIONS, "", parties.officer, parties.now)


def test_questions_are_kept_version_by_version(surveyed: Surveyed) -> None:
    one, parties = surveyed.survey([900], opened=False), surveyed.parties
    planning.ask(surveyed.session, one, QUESTIONS[:2], "moi.xlsx", parties.officer, parties.now)
    assert [each.version for each in one.question_sets] == [1, 2]
    assert planning.questions_asked(one) == QUESTIONS[:2]
    assert planning.questions_asked(one, 1) == QUESTIONS
    asked = Question("dao", QuestionKind.TEXT, "Ông/bà theo đạo nào?")
    with pytest.raises(Refused, match="questions_wrong"):
        planning.ask(surveyed.session, one, [*QUESTIONS, asked], "", parties.officer, parties.now)


def test_the_same_form_answers_once_and_only_in_time(surveyed: Surveyed) -> None:
    now = surveyed.parties.now
    one = surveyed.survey([900], starts_on=surveyed.parties.today, ends_on=surveyed.parties.today)
    area_id, said = surveyed.areas[0].id, {"khong_khi": "4"}
    assert answers.answer_openly(surveyed.session, one, area_id, said, "a", now)
    assert not answers.answer_openly(surveyed.session, one, area_id, said, "a", now)
    with pytest.raises(Refused, match="survey_closed"):
        answers.answer_openly(surveyed.session, one, area_id, said, "b", now + timedelta(days=2))
    with pytest.raises(Invalid) as wrong:
        answers.answer_openly(surveyed.session, one, None, {"nuoc": "8"}, "c", now)
    assert wrong.value.errors == {"khong_khi": "required", "nuoc": "not_a_choice", "commune": "required"}
    assert surveyed.session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1


def test_a_commune_types_its_own_papers_all_or_none(surveyed: Surveyed) -> None:
    one, session, now = surveyed.survey([900, 900]), surveyed.session, surveyed.parties.now
    _body, typist = surveyed.front_of(surveyed.areas[0])
    session.commit()
    papers = [Paper("1", {"khong_khi": "4"}), Paper("1", {"khong_khi": "9"})]
    with pytest.raises(NotFound):
        answers.enter(session, one, surveyed.areas[1].id, Way.DRAWN, papers, typist, now)
    with pytest.raises(Invalid) as wrong:
        answers.enter(session, one, surveyed.areas[0].id, Way.DRAWN, papers, typist, now)
    assert wrong.value.errors == {"1.sheet": "same_sheet", "1.khong_khi": "not_a_choice"}
    assert answers.enter(session, one, surveyed.areas[0].id, Way.DRAWN, papers[:1], typist, now) == 1
    with pytest.raises(Invalid) as known:
        answers.enter(session, one, surveyed.areas[0].id, Way.DRAWN, papers[:1], typist, now)
    assert known.value.errors == {"0.sheet": "sheet_known"}
    [paper] = answers.entered(session, one, surveyed.areas[0].id, 5)
    answers.take_out(session, one, paper.id, typist)
    assert answers.counts(session, one) == {}
    assert [each.title for each in where.waiting(session, typist, surveyed.parties.today)] == [one.title]


def test_a_spreadsheet_is_read_as_it_was_filled_in(surveyed: Surveyed) -> None:
    area = make_area(surveyed.session, "Xã Nà Phặc", code="01900")
    lines = [
        Line(1, ["so_phieu", "Xã, phường", "Không khí nơi ông/bà ở", "nuoc"]),
        Line(2, ["1", "1900", "Hài lòng", "5"]), Line(3, ["2", "Xã Khác", "1", "1"]), Line(4, ["3", "", "", "9"]),
    ]  # fmt: skip
    read = spreadsheet.read_sheets([Sheet("data", lines)], QUESTIONS, area)
    assert [(one.sheet, one.said["khong_khi"]) for one in read.papers] == [("1", "Hài lòng"), ("3", "")]
    assert [(one.code, one.row, one.what) for one in read.problems({"1.nuoc": "not_a_choice"})] == [
        ("not_a_choice", 4, "nuoc")
    ]


def test_the_plan_of_a_sample_names_communes_of_its_day(surveyed: Surveyed) -> None:
    make_area(surveyed.session, "Xã Nà Phặc", code="01900")
    lines = [
        Line(3, ["Mã xã", "Tên xã", "Số dân", "Số phiếu"]), Line(4, ["1900", "Nà Phặc", "12.345", "40"]),
        Line(5, ["", "Xã Không Có", "10", "4"]), Line(6, ["", "xã nà phặc", "10", "4"]),
    ]  # fmt: skip
    drawn, problems = sample.read_sheets(surveyed.session, [Sheet("m", lines)], surveyed.parties.today)
    assert [(one.area.name, one.population, one.planned) for one in drawn] == [("Xã Nà Phặc", 12_345, 40)]
    assert [(one.code, one.row) for one in problems] == [("area_unknown", 5), ("area_twice", 6)]


def test_results_are_reckoned_once_by_one_and_published_by_another(surveyed: Surveyed) -> None:
    one, parties, session = surveyed.survey([900], ends_on=surveyed.parties.today), surveyed.parties, surveyed.session
    surveyed.enter(one, surveyed.areas[0], all_say(4, 6))
    with pytest.raises(Refused, match="survey_running"):
        results.freeze(session, one, surveyed.files, parties.officer, parties.now)
    later = parties.now + timedelta(days=1)
    results.freeze(session, one, surveyed.files, parties.leader, later)
    with pytest.raises(Refused, match="own_words"):
        results.release(session, one, parties.leader, later)
    with pytest.raises(Refused, match="already_frozen"):
        results.freeze(session, one, surveyed.files, parties.officer, later)
    with pytest.raises(Refused, match="survey_closed"):
        surveyed.enter(one, surveyed.areas[0], all_say(4, 1))
    with pytest.raises(NotFound):
        results.release(session, one, parties.of_commune, later)


def test_too_few_answers_are_not_told(surveyed: Surveyed) -> None:
    one, parties = surveyed.survey([900]), surveyed.parties
    surveyed.enter(one, surveyed.areas[0], all_say(4, 4))
    with pytest.raises(Refused, match="too_few_answers"):
        results.freeze(surveyed.session, one, surveyed.files, parties.officer, parties.now)


def test_other_questions_break_the_series(surveyed: Surveyed) -> None:
    year, area = surveyed.parties.today.year, make_area(surveyed.session, "Xã A")
    changed = (
        Question("khong_khi", QUESTIONS[0].kind, "Không khí trong nhà", choices=QUESTIONS[0].choices),
        *QUESTIONS[1:],
    )
    for ago, asked, point in ((2, changed, 5), (1, QUESTIONS, 2)):
        one = surveyed.survey([900], asked, [area], year=year - ago)
        surveyed.enter(one, area, all_say(point, 20))
        surveyed.publish(one)
    now = surveyed.survey([900], areas=[area])
    surveyed.enter(now, area, all_say(4, 20))
    last, before = surveyed.publish(now)["earlier"]
    assert (last["year"], last["same"], last["units"]) == (
        year - 1, True, [{"names": ["Xã A"], "now": "75.0", "then": "25.0", "differs": True}],
    )  # fmt: skip
    assert (before["same"], before["units"]) == (False, [])
    assert before["changed"] == ["Không khí nơi ông/bà ở"]


def test_answers_that_nobody_drew_are_apart(surveyed: Surveyed) -> None:
    one = surveyed.survey([900])
    surveyed.enter(one, surveyed.areas[0], all_say(4, 6))
    surveyed.enter(one, surveyed.areas[0], all_say(1, 6), Way.MEETING)
    told = surveyed.publish(one)
    assert (told["total"]["n"], told["total"]["index"]["value"]) == (6, "75.0")
    assert told["apart"]["meeting"]["index"] == {"n": 6, "value": "0.0", "low": None, "high": None}
    assert told["apart"]["open"] == {"n": 0, "index": None, "questions": {}}


def test_who_works_for_no_party_finds_no_survey(surveyed: Surveyed) -> None:
    one = surveyed.survey([900])
    stranger = make_actor(surveyed.session, surveyed.parties.commune)
    with pytest.raises(NotFound):
        planning.own_survey(surveyed.session, one.programme.matter.slug, one.number, stranger)


def test_a_paper_comes_in_once_however_its_number_is_written(surveyed: Surveyed) -> None:
    one, parties = surveyed.survey([900]), surveyed.parties
    said = {"khong_khi": "4"}
    with pytest.raises(Invalid) as wrong:
        answers.enter(
            surveyed.session, one, surveyed.areas[0].id, Way.DRAWN, [Paper("7", said), Paper("007", said)],
            parties.officer, parties.now,
        )  # fmt: skip
    assert wrong.value.errors == {"1.sheet": "same_sheet"}
    for first, again in (("12", "012"), ("A-3", "a 3")):
        for sheet, known in ((first, False), (again, True)):
            try:
                answers.enter(
                    surveyed.session, one, surveyed.areas[0].id, Way.DRAWN, [Paper(sheet, said)], parties.officer,
                    parties.now,
                )  # fmt: skip
            except Invalid as found:
                assert known
                assert found.errors == {"0.sheet": "sheet_known"}
            else:
                assert not known


def test_no_paper_is_typed_before_the_first_day(surveyed: Surveyed) -> None:
    first = surveyed.parties.today + timedelta(days=1)
    one = surveyed.survey([900], starts_on=first, ends_on=first)
    with pytest.raises(Refused, match="survey_closed"):
        surveyed.enter(one, surveyed.areas[0], all_say(4, 1))


def test_an_empty_form_is_no_answer(surveyed: Surveyed) -> None:
    today, asked = surveyed.parties.today, QUESTIONS[1:]
    one = surveyed.survey([900], asked, starts_on=today, ends_on=today)
    with pytest.raises(Invalid) as wrong:
        answers.answer_openly(surveyed.session, one, surveyed.areas[0].id, {}, "a", surveyed.parties.now)
    assert wrong.value.errors == {"nuoc": "required"}


def test_answers_online_take_no_room_of_the_drawn(surveyed: Surveyed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_ANSWERS", 2)
    today = surveyed.parties.today
    one = surveyed.survey([900], starts_on=today, ends_on=today)
    for key in "ab":
        answers.answer_openly(
            surveyed.session, one, surveyed.areas[0].id, {"khong_khi": "1"}, key, surveyed.parties.now
        )
    with pytest.raises(Refused, match="survey_full"):
        answers.answer_openly(
            surveyed.session, one, surveyed.areas[0].id, {"khong_khi": "1"}, "c", surveyed.parties.now
        )
    surveyed.enter(one, surveyed.areas[0], all_say(4, 2))
    with pytest.raises(Refused, match="survey_full"):
        surveyed.enter(one, surveyed.areas[0], all_say(4, 1))


def test_who_wrote_the_plan_of_communes_does_not_open_the_survey(surveyed: Surveyed) -> None:
    one, parties = surveyed.survey([900], opened=False), surveyed.parties
    sample.keep(surveyed.session, one, [DrawnArea(surveyed.areas[0], 9, 3)], parties.leader)
    with pytest.raises(Refused, match="own_words"):
        opening.open_(surveyed.session, one, parties.leader, parties.now)


def test_a_plan_with_a_part_of_a_person_is_refused(surveyed: Surveyed) -> None:
    make_area(surveyed.session, "Xã Nà Phặc", code="01900")
    lines = [
        Line(3, ["Tên xã", "Số dân", "Số phiếu"]), Line(4, ["Nà Phặc", "12.5", "4"]),
        Line(5, ["Nà Phặc", "1 234 567.0", "30.0"]),
    ]  # fmt: skip
    drawn, problems = sample.read_sheets(surveyed.session, [Sheet("m", lines)], surveyed.parties.today)
    assert [(one.code, one.row) for one in problems] == [("bad_counts", 4)]
    assert [(one.population, one.planned) for one in drawn] == [(1_234_567, 30)]


def test_questions_kept_under_older_rules_are_looked_at_again_when_it_opens(surveyed: Surveyed) -> None:
    one, parties = surveyed.survey([900], opened=False), surveyed.parties
    kept = one.question_sets[-1]
    kept.questions = [*kept.questions, {**kept.questions[0], "name": "block"}]
    surveyed.session.commit()
    with pytest.raises(Refused, match="questions_wrong"):
        opening.open_(surveyed.session, one, parties.leader, parties.now)
