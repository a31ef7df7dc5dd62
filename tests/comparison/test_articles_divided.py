"""Articles and sentences made two or one, whose clauses are too short and too common to be known by themselves."""

from tests.comparison.texts import LAW, compared, kinds, replaced

FORM = "Giấy khai đăng ký xe."
PAPERS = "Giấy tờ của chủ xe theo quy định tại Điều 10."
FIRST = ("Hồ sơ đăng ký xe lần đầu", FORM, PAPERS)
AGAIN = ("Hồ sơ cấp đổi, cấp lại biển số", FORM, PAPERS, "Biển số xe cũ và chứng nhận đăng ký xe đã cấp.")
LAST = ("Hồ sơ thu hồi biển số xe", FORM, PAPERS, "Bản sao quyết định thu hồi của cơ quan có thẩm quyền.")


def law(*articles: tuple[str, ...]) -> str:
    """A text of these articles: a heading, then the clauses."""
    lines = ["THÔNG TƯ", "Quy định về đăng ký xe"]
    for number, (heading, *clauses) in enumerate(articles, 1):
        lines.append(f"Điều {number}. {heading}")
        lines += [f"{place}. {clause}" for place, clause in enumerate(clauses, 1)]
    return "\n".join(lines)


def test_common_clauses_of_two_articles_made_one_are_found_in_it() -> None:
    merged = ("Hồ sơ cấp đổi, cấp lại biển số; hồ sơ thu hồi biển số xe", *AGAIN[1:], *LAST[1:])
    told = kinds(compared(law(FIRST, AGAIN, LAST), law(FIRST, merged)))
    assert told == {
        ("d2", "d2"): "merged",
        ("d3", "d2"): "merged",
        ("d3.k1", "d2.k4"): "renumbered",
        ("d3.k2", "d2.k5"): "renumbered",
        ("d3.k3", "d2.k6"): "renumbered",
    }


def test_a_sentence_made_two_clauses_that_begin_alike() -> None:
    sentence = "Quyết định này áp dụng đối với hộ gia đình, cá nhân, cơ quan và tổ chức có phát sinh chất thải."
    beginning = "Quyết định này áp dụng đối với"
    clauses = f"1. {beginning} hộ gia đình, cá nhân.\n2. {beginning} cơ quan và tổ chức có phát sinh chất thải."
    told = kinds(compared(LAW, replaced(LAW, (sentence, clauses))))
    assert told == {("d2", path): "split" for path in ("d2", "d2.k1", "d2.k2")}
