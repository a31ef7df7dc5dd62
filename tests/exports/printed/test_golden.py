"""The files of one table with everything in it, held against golden files: whoever changes what a table says looks at
the difference, and writes them anew (`python -m tests.exports.printed.golden_table`)."""

import re
from collections import Counter

import pytest

from tests.exports.printed.golden_table import COPIED, FILES, FORMS, LONG, golden, of_pdf, of_xlsx


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ending", FILES)
def test_a_file_says_what_it_said(form: str, ending: str) -> None:
    assert FILES[ending](form) == golden(form, ending).read_text(encoding="utf-8")


def test_no_file_cuts_a_text_of_three_thousand_letters() -> None:
    assert len(LONG) > 3_000
    for ending, told in FILES.items():
        assert LONG in told("mau_10"), ending


def test_the_pdf_has_every_word_of_the_word_file() -> None:
    rows = golden("mau_10", "docx.txt").read_text(encoding="utf-8").splitlines()
    # A place that goes on is called again in the one and merged in the other; an address breaks where a line ends.
    wanted = Counter(word for row in rows for word in re.sub("⊤ |⋮", "", row).split() if word not in "|¶")
    missing = wanted - Counter(of_pdf("mau_10").split())
    assert not [word for word in missing if "://" not in word]


def test_people_in_the_same_words_are_one_row_with_an_annex() -> None:
    told = of_xlsx("mau_10")
    assert told.count("Như nhau.") == 1 and "[Phụ lục]" in told
    assert told.count("Công dân xã Phủ Thông") == COPIED - 1
