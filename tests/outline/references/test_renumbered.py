"""References that went on naming a number which is another clause in the next draft."""

from consult.outline.references.renumbered import outdated
from tests.outline.references.test_check import HEAD, read

OLD = (
    HEAD
    + "Điều 2. Nộp\n1. Nộp phí.\n2. Miễn phí.\n\nĐiều 3. Xử lý\n1. Ai được miễn theo khoản 2 Điều 2 Nghị định này.\n"
)
NEW = OLD.replace("1. Nộp phí.\n2. Miễn", "1. Kê khai.\n2. Nộp phí.\n3. Miễn")
HEIRS = {"d2": ["d2"], "d2.k1": ["d2.k2"], "d2.k2": ["d2.k3"], "d3": ["d3"], "d3.k1": ["d3.k1"]}


def test_a_number_that_means_another_clause_now() -> None:
    (one,) = outdated(read(OLD), read(NEW), HEIRS)
    assert (one.code, one.path, one.certain, one.told) == ("renumbered", "d3.k1", True, "d2.k3")
    assert one.words == "khoản 2 Điều 2 Nghị định này"


def test_a_number_that_was_brought_along() -> None:
    assert outdated(read(OLD), read(NEW.replace("theo khoản 2 Điều 2", "theo khoản 3 Điều 2")), HEIRS) == []
    assert outdated(read(OLD), read(OLD), {path: [path] for path in HEIRS}) == []


def test_a_sentence_that_changed_is_only_to_be_looked_at() -> None:
    (one,) = outdated(read(OLD), read(NEW.replace("Ai được miễn", "Người được miễn")), HEIRS)
    assert not one.certain


def test_a_clause_that_went_while_its_number_is_taken() -> None:
    replaced = OLD.replace("2. Miễn phí.", "2. Hoàn phí.")
    (one,) = outdated(read(OLD), read(replaced), {**HEIRS, "d2.k1": ["d2.k1"], "d2.k2": []})
    assert (one.code, one.certain) == ("removed_target", False)
