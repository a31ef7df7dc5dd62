"""Words that read as translated are said nowhere: on pages, in mails, sheets and files, in either language."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from consult.catalogues import sentence
from tests.house.rooms import CHECKOUT, HOUSE
from tests.house.texts import catalogue, template_messages, templates

# What nobody says, and what people say instead.
STIFF = {
    r"\bmã thứ hai\b": "mã bí mật",
    r"\bđiều gì (?:được|sẽ) (?:tính|công khai)\b": "Thông tin nào được công khai",
    r"\btìm hẹp hơn\b": "Lọc kết quả",
    r"^kiểm tra lại$|[“\"]kiểm tra lại[”\"]": "Xem lại trước khi gửi",
    r"\b0 lượt cùng ý kiến\b": "Chưa có ai cùng ý kiến",
    r"\bcụm từ cụ thể\b": "Chỉ góp ý mấy chữ nào",
    r"\bsecond (?:code|number)\b": "secret number",
    r"\bnarrow the (?:search|results)\b": "Filter the results",
    r"\bwhat is (?:made )?public,? (?:and )?when\b": "What becomes public",
    r"\bcontributing subject\b": "who comments",
    # "Trước hết" means "first of all".
    r"\btrước hết ngày\b": "chậm nhất là ngày",
}
OFFICIAL = re.compile(r"\bchủ thể góp ý\b", re.IGNORECASE)
"""The heading of the prescribed table (Mẫu số 03), which no page says elsewhere."""
VIETNAMESE = re.compile(r"\w*[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ][\w-]*")
NAMED = re.compile(
    r"\b(?:for (?:example|instance)|as on the letter)\b|\(khoản 3 Điều 12\)|[NQ]Đ-|@|^(?:Tiếng Việt|Tày|Nùng)$",
    re.IGNORECASE,
)
"""What an English sentence may say in Vietnamese: an example of what is typed, the number of a decree, a language."""
STANCES = ("support", "support_with_changes", "oppose", "question", "other")


@cache
def said() -> list[tuple[str, str]]:
    """Place and words of everything the site says, as far as it stands in templates and catalogues."""
    return list(_said())


def _said() -> Iterator[tuple[str, str]]:
    yield from template_messages()
    # Mails are written whole in each language.
    for path in templates():
        place = path.relative_to(CHECKOUT)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{place}:{number}", line.strip()
    for path in sorted((HOUSE / "translations").rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
                ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                yield from ((f"{path.relative_to(CHECKOUT)}: {ids[0]}", words) for words in (*ids, *forms) if words)


@pytest.mark.parametrize("stiff", STIFF)
def test_nothing_reads_as_translated(stiff: str) -> None:
    wrong = re.compile(stiff, re.IGNORECASE)
    found = [f"{place}: {words!r}, rather: {STIFF[stiff]}" for place, words in said() if wrong.search(words)]
    assert not found, "\n".join(found)


def test_the_list_is_one_that_finds() -> None:
    wrong = ("Mã thứ hai", "Điều gì được công khai, khi nào", "Tìm hẹp hơn", "Kiểm tra lại", "0 lượt cùng ý kiến",
             "Cụm từ cụ thể", "The second code", "Narrow the results")  # fmt: skip
    assert all(any(re.search(stiff, words, re.IGNORECASE) for stiff in STIFF) for words in wrong)


def test_an_english_sentence_is_english() -> None:
    found = [words for words in catalogue("en").values() if VIETNAMESE.search(words) and not NAMED.search(words)]
    assert not found, found


def test_the_heading_of_the_prescribed_table_stands_in_it_alone() -> None:
    found = {place for place, words in said() if OFFICIAL.search(words)}
    assert all("exports" in place for place in found), found


def test_a_choice_is_called_as_on_the_form() -> None:
    """Who chose "Đồng ý" reads "Đồng ý": no page says the words of official letters of what a citizen chose, without
    asking whose it is."""
    vietnamese = catalogue("vi")
    assert sentence("vi", "citizen_stance.support", {}) == "Đồng ý"
    assert [code for code in STANCES if f"citizen_stance.{code}" not in vietnamese] == []
    public = [
        path for path in templates() if path.parts[len(CHECKOUT.parts) + 1] in {"reading", "tracking", "submissions"}
    ]
    found = [str(path.relative_to(CHECKOUT)) for path in public if _says_it_of_all(path)]
    assert found == ["templates/reading/letters/letter.html"], "the letters of bodies have their own words"


def _says_it_of_all(path: Path) -> bool:
    return bool(re.search(r"say\('stance\.'", path.read_text(encoding="utf-8")))
