"""Question sets as XLSForm: written, read by the program that others use for them, read again, and refused."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from pyxform.xls2xform import convert

from consult.errors import Invalid
from consult.files.spreadsheets.reading import read as read_spreadsheet
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.hints.belief import asks_forbidden
from consult.people.models import Area
from consult.programme.surveys.models import SurveyArea
from consult.programme.surveys.questions import xlsform_reading, xlsform_writing
from consult.programme.surveys.questions.checking import problems_of
from consult.programme.surveys.questions.question import NotAnswered, Question
from consult.programme.surveys.words import QuestionKind
from tests.programme.surveys.scene import POINTS, QUESTIONS

ALL = (
    *QUESTIONS,
    Question("on", QuestionKind.RANGE, "Yên tĩnh về đêm", low=0, high=10),
    Question("so_nguoi", QuestionKind.INTEGER, "Số người trong hộ", hint="Kể cả trẻ em"),
    Question("lam_ngay", QuestionKind.SELECT_MULTIPLE, "Làm ngay", choices=(("rac", "Rác"), ("nuoc", "=Nước"))),
)


def sheets_of(data: bytes) -> list[Sheet]:
    """The sheets of a workbook, read in this process."""
    return list(read_spreadsheet(data))


def form_of(survey: list[tuple[str, ...]], choices: list[tuple[str, ...]] = ()) -> list[Sheet]:
    """A form with these rows below the usual heads."""
    heads = {"survey": ("type", "name", "label::Tiếng Việt (vi)", "appearance", "parameters"),
             "choices": ("list_name", "name", "label")}  # fmt: skip
    return [
        Sheet(name, [Line(number, list(row)) for number, row in enumerate((heads[name], *rows), 1)])
        for name, rows in (("survey", survey), ("choices", choices))
    ]


def test_what_is_written_is_read_again_the_same() -> None:
    read = xlsform_reading.read_sheets(sheets_of(xlsform_writing.write("Khảo sát", "ks", 3, ALL)))
    assert read.problems == ()
    assert read.questions == ALL
    assert read.title == "Khảo sát"


def test_the_program_that_others_use_takes_it() -> None:
    areas = [SurveyArea(area=Area(code="01900", name="Xã Nà Phặc"), population=900, planned=30)]
    data = xlsform_writing.write("Khảo sát", "ks", 3, ALL, areas)
    told = convert(xlsform=BytesIO(data), file_type=".xlsx", validate=False)
    assert "Không khí nơi ông/bà ở" in told.xform
    assert 'appearance="likert"' in told.xform
    assert "Xã Nà Phặc" in told.xform


def test_a_form_that_asks_for_commune_and_paper_is_read_without_them() -> None:
    areas = [SurveyArea(area=Area(code="01900", name="Xã Nà Phặc"), population=900, planned=30)]
    assert xlsform_reading.read_sheets(sheets_of(xlsform_writing.write("K", "k", 1, ALL, areas))).questions == ALL


@pytest.mark.parametrize(
    "label",
    [
        "Tôn giáo của ông/bà?",
        "Ong ba theo dao gi",
        "Dân tộc",
        "Ông/bà thuộc giáo xứ nào?",
        "Ethnicity of the household",
    ],
)
def test_nobody_is_asked_for_religion_or_ethnicity(label: str) -> None:
    asked = Question("cau", QuestionKind.TEXT, label)
    assert [(one.code, one.row) for one in problems_of([*QUESTIONS, asked])] == [("asks_religion", 5)]


def test_groups_as_choices_ask_the_same_in_other_words() -> None:
    groups = Question("nhom", QuestionKind.SELECT_ONE, "Ông/bà là người", choices=(("1", "Tày"), ("2", "Nùng")))
    assert "asks_religion" in {one.code for one in problems_of([*QUESTIONS, groups])}


def test_other_words_that_look_alike_are_asked() -> None:
    for words in (
        "Đạo đức nghề nghiệp của cán bộ",
        "Lãnh đạo xã có lắng nghe không?",
        "Đường giao thông, hoa ven đường",
    ):
        assert not asks_forbidden(words)


def test_what_is_wrong_is_told_with_its_row() -> None:
    survey = [
        ("start", "start", "", "", ""), ("geopoint", "nha", "Nhà ở đâu", "", ""),
        ("select_one diem", "khong khi", "Không khí", "likert", ""), ("range", "on", "Ồn", "", "start=5 end=1"),
        ("select_one thieu", "gioi", "Giới", "", ""),
    ]  # fmt: skip
    read = xlsform_reading.read_sheets(form_of(survey, [("diem", code, words) for code, words in POINTS]))
    assert [(one.code, one.row) for one in read.problems] == [
        ("type_unknown", 3), ("bad_range", 5), ("bad_name", 4), ("no_choices", 6),
    ]  # fmt: skip


def test_not_knowing_is_no_point_whatever_its_code() -> None:
    points = Question("a", QuestionKind.LIKERT, "A", choices=(*POINTS[:5], ("99", "Từ chối"), ("6", "Không biết")))
    assert points.points == (1, 2, 3, 4, 5)
    assert [points.score(said) for said in ("1", "4", "6", "99", None)] == [0, 75, None, None, None]


def test_answers_are_named_by_code_or_by_words() -> None:
    air, several, people = QUESTIONS[0], ALL[-1], ALL[-2]
    assert (air.read("4"), air.read("hài lòng"), air.read(" ")) == ("4", "4", None)
    assert several.read("nuoc, rac") == ["nuoc", "rac"]
    assert people.read("3") == 3
    with pytest.raises(NotAnswered, match="not_a_choice"):
        air.read("7")
    with pytest.raises(NotAnswered, match="not_a_number"):
        people.read("ba")


def test_a_workbook_without_a_sheet_of_questions_is_no_form() -> None:
    made = BytesIO()
    Workbook().save(made)
    with pytest.raises(Invalid, match="no_xlsform"):
        xlsform_reading.read_sheets(sheets_of(made.getvalue()))


def test_a_question_with_a_condition_is_no_question_for_everybody() -> None:
    heads = Line(1, ["type", "name", "label", "relevant"])
    rows = [heads, Line(2, ["text", "vi_sao", "Vì sao?", "${khong_khi} = '1'"])]
    read = xlsform_reading.read_sheets([Sheet("survey", rows)])
    assert ("has_condition", 2) in [(one.code, one.row) for one in read.problems]


def test_of_several_languages_the_vietnamese_words_are_taken() -> None:
    heads = Line(1, ["type", "name", "label::English (en)", "label::Tiếng Việt (vi)", "label::Tày (tyz)"])
    rows = [heads, Line(2, ["text", "vi_sao", "Why?", "Vì sao?", "Lăng?"]), Line(3, ["text", "them", "More", "", ""])]
    read = xlsform_reading.read_sheets([Sheet("survey", rows)])
    assert [one.label for one in read.questions] == ["Vì sao?", "More"]
