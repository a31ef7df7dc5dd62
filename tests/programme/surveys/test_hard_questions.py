"""Question sets that would break pages, figures or the rule that nobody's religion and ethnicity is asked."""

import pytest

from consult.files.spreadsheets.sheets import Line, Sheet
from consult.people.models import Area
from consult.programme.surveys.entering import spreadsheet
from consult.programme.surveys.questions import question
from consult.programme.surveys.questions.checking import problems_of
from consult.programme.surveys.questions.question import NotAnswered, Question
from consult.programme.surveys.words import QuestionKind
from consult.text import searched
from tests.programme.surveys.scene import POINTS, QUESTIONS

LIKERT, ONE = QuestionKind.LIKERT, QuestionKind.SELECT_ONE


def codes_of(*asked: Question) -> set[str]:
    """What is wrong with these beside usual questions."""
    return {one.code for one in problems_of([*QUESTIONS, *asked])}


def scale(*words: str) -> Question:
    """A likert question with these words for 1, 2, 3 …"""
    return Question("cau", LIKERT, "Câu", choices=tuple((str(at), said) for at, said in enumerate(words, 1)))


@pytest.mark.parametrize("name", ["block", "population", "weight", "website", "ticket", "commune", "sheet"])
def test_a_question_bears_no_name_of_a_column_or_field_of_our_own(name: str) -> None:
    assert codes_of(Question(name, LIKERT, "Câu", choices=POINTS)) == {"reserved_name"}


def test_words_of_a_scale_that_only_begin_like_not_knowing_are_points() -> None:
    clear = scale("Rất không rõ ràng", "Không rõ ràng", "Bình thường", "Rõ ràng", "Không biết rõ ràng hơn")
    assert clear.points == (1, 2, 3, 4)


@pytest.mark.parametrize(
    "words", ["Không đánh giá", "Không áp dụng", "Khó trả lời", "Từ chối trả lời", "Chưa biết", "Not applicable", "N/A"]
)
def test_what_says_nothing_is_no_point(words: str) -> None:
    asked = Question("cau", LIKERT, "Câu", choices=(("0", words), *POINTS[:5]))
    assert asked.points == (1, 2, 3, 4, 5)
    assert asked.score("0") is None


def test_words_of_choices_are_looked_through_once_for_any_number_of_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, looked = scale("Kém", "Vừa", "Tốt"), list[str]()

    def counted(words: str) -> str:
        looked.append(words)
        return searched(words)

    monkeypatch.setattr(question, "searched", counted)
    assert [asked.score(said) for said in ("1", "2", "3") * 50] == [0, 50, 100] * 50
    assert looked == ["Kém", "Vừa", "Tốt"]


@pytest.mark.parametrize(
    "label",
    ["Ông/bà có phải người Tày không?", "Gia đình có đạo không?", "Đạo", "Hộ đồng bào thiểu số?", "Gia đình theo Phật?",
     "Are you a Catholic?", "Nguoi Nung hay khong", "Ông/bà đi lễ nhà thờ nào?", "ton_giao", "Người H’Mông"],
)  # fmt: skip
def test_religion_and_ethnicity_under_other_words_are_refused(label: str) -> None:
    assert "asks_religion" in codes_of(Question("cau", QuestionKind.TEXT, label))


@pytest.mark.parametrize("said", [("Kinh", "Khác"), ("Người Tày", "Khác"), ("Tày, Nùng", "Còn lại"), ("Dao", "Hoa")])
def test_one_group_among_the_choices_asks_it_too(said: tuple[str, str]) -> None:
    asked = Question("cau", ONE, "Thuộc nhóm", choices=tuple((str(at), words) for at, words in enumerate(said)))
    assert "asks_religion" in codes_of(asked)


@pytest.mark.parametrize(
    "label",
    ["Người kinh doanh giữ vệ sinh", "Người mong muốn được báo tin", "Lãnh đạo xã tiếp người dân", "Người hòa giải",
     "Thái độ của cán bộ", "Rác quanh chùa, nhà thờ", "Sự chỉ đạo của xã", "Đường đào lên"],
)  # fmt: skip
def test_words_of_everyday_life_may_be_asked(label: str) -> None:
    assert codes_of(Question("cau", QuestionKind.TEXT, label)) == set()


def test_words_of_a_choice_and_hints_are_short() -> None:
    long = "a" * 501
    assert codes_of(Question("cau", ONE, "Câu", choices=(("1", long),))) == {"label_too_long"}
    assert codes_of(Question("cau", QuestionKind.TEXT, "Câu", hint=long)) == {"label_too_long"}


def test_choices_that_nobody_tells_apart_are_refused() -> None:
    assert codes_of(Question("cau", ONE, "Câu", choices=(("a", "Có"), ("A", "Không")))) == {"choice_twice"}
    assert codes_of(Question("cau", ONE, "Câu", choices=(("1", "Có"), ("2", " có ")))) == {"choice_twice"}


def test_accents_tell_choices_apart() -> None:
    asked = Question("cau", ONE, "Câu", choices=(("1", "Thấp"), ("2", "Tháp")))
    assert (asked.read("Thấp"), asked.read("tháp")) == ("1", "2")
    with pytest.raises(NotAnswered):
        asked.read("thap")


def test_questions_whose_titles_look_alike_are_read_each_from_its_column() -> None:
    day = Question("ban_ngay", LIKERT, "Tiếng ồn (ban ngày)", choices=POINTS)
    night = Question("ban_dem", LIKERT, "Tiếng ồn (ban đêm)", choices=POINTS)
    area = Area(code="01900", name="Xã Nà Phặc", folded_name="xa na phac")
    heads = spreadsheet.titles([day, night])
    lines = [Line(1, ["Số phiếu", *heads]), Line(2, ["1", "5", "1"])]
    [paper] = spreadsheet.read_sheets([Sheet("Phiếu", lines)], [day, night], area).papers
    assert paper.said == {"ban_ngay": "5", "ban_dem": "1"}
    exported = [Line(1, ["so_phieu", "ban_dem", "ban_ngay"]), Line(2, ["1", "1", "5"])]
    [paper] = spreadsheet.read_sheets([Sheet("data", exported)], [day, night], area).papers
    assert paper.said == {"ban_ngay": "5", "ban_dem": "1"}


def test_a_title_that_is_the_name_of_another_question_is_nobodys() -> None:
    dust = Question("khong_khi", LIKERT, "Bụi", choices=POINTS)
    air = Question("khi_tho", LIKERT, "Không khí", choices=POINTS)
    area = Area(code="01900", name="Xã Nà Phặc", folded_name="xa na phac")
    lines = [Line(1, ["so_phieu", "khong_khi", "khi_tho"]), Line(2, ["1", "5", "1"])]
    [paper] = spreadsheet.read_sheets([Sheet("data", lines)], [air, dust], area).papers
    assert paper.said == {"khong_khi": "5", "khi_tho": "1"}
