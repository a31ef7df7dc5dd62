"""Real laws, decrees, plans and reports: everything found, nothing lost, in time."""

from collections import Counter
from pathlib import Path

import pytest

from consult.outline import Outline, outline_of
from consult.outline.blocks import Source
from consult.outline.paths import parse
from consult.outline.readers import read
from tests.outline.outlines import at, codes, paths, squeezed
from tests.outline.reading_text import paragraphs, texts

pytestmark = pytest.mark.real

ENVIRONMENT = "legal/08_2022_ND-CP_m_479457.docx"
TRAFFIC = "legal/168_2024_ND-CP_619502.docx"
LAND = "legal/31_2024_QH15_523642.docx"
FUNDS = "legal/nghi_dinh_03_2026_ND_CP.docx"
COPYRIGHT = "legal/text/nghi-dinh-so-134-2026-nd-cp-469388.txt"
CIRCULAR = "legal/text/thong-tu-so-22-2026-tt-bnnmt-469587.txt"
INSURANCE = (
    "legal/versions/van-ban-hop-nhat-so-28-vbhn-vpqh-33444.txt",
    "legal/versions/van-ban-hop-nhat-so-47-vbhn-vpqh-41398.txt",
)
REPORT = "eia/BAO_CAO_DTM_Mekong.docx"
# The articles of each document itself: those of annexes, forms and quotations are not among them.
ARTICLES = {
    ENVIRONMENT: 169,
    LAND: 260,
    TRAFFIC: 55,
    "legal/108_2025_QH15_675268.docx": 53,
    "legal/49_2019_QH14_402073.docx": 52,
    "legal/nghi_dinh_99_2022_ND_CP.docx": 58,
    FUNDS: 56,
    "legal/24_2023_TT-BCA_m_559088.docx": 40,
    "legal/text/luat_bvmt_72-2020-qh14.txt": 171,
    COPYRIGHT: 38,
    CIRCULAR: 19,
    INSURANCE[0]: 55,
    INSURANCE[1]: 55,
}
ALL = [*ARTICLES, REPORT, "../programme.txt"]
READ: dict[Path, tuple[Source, Outline]] = {}


def of(samples: Path, name: str) -> tuple[Source, Outline]:
    """The document and its outline, made once."""
    path = samples / name
    if path not in READ:
        source = read(path.read_bytes(), path.name)
        READ[path] = (source, outline_of(source))
    return READ[path]


@pytest.mark.parametrize(("name", "number"), ARTICLES.items())
def test_every_article_is_found_and_no_other(samples: Path, name: str, number: int) -> None:
    made = of(samples, name)[1]
    found = [path for path in paths(made, "article") if "." not in path]
    assert made.grammar == "articles"
    assert len(found) == number
    assert not any("~" in path for path in found)


@pytest.mark.parametrize("name", ALL)
def test_the_text_of_the_tree_is_the_text_of_the_file(samples: Path, name: str) -> None:
    source, made = of(samples, name)
    notes = [note for paragraph in paragraphs(source.blocks) for note in paragraph.footnotes]
    if notes:
        assert Counter(squeezed([made.plain_text()])) == Counter(squeezed([*texts(source.blocks), *notes]))
    else:
        assert squeezed([made.plain_text()]) == squeezed(texts(source.blocks))


@pytest.mark.parametrize("name", ALL)
def test_every_path_is_unique_and_reads_back(samples: Path, name: str) -> None:
    made = of(samples, name)[1]
    assert len(set(paths(made))) == len(paths(made))
    assert all(parse(path)[-1].kind == node.kind for node in made.walk() for path in [node.path])
    assert Outline.from_json(made.to_json()) == made


def test_the_environment_decree(samples: Path) -> None:
    path = samples / ENVIRONMENT
    made = outline_of(read(path.read_bytes(), path.name))
    assert [path for path in paths(made, "chapter") if "." not in path][-1] == "cxiii"
    appendices = [path for path in paths(made, "appendix") if "." not in path]
    assert (len(appendices), appendices[0], appendices[-1]) == (34, "pli", "plxxxiv")
    assert at(made, "d167.k1.pb.q1.d15").heading == "Giấy phép tài nguyên nước"
    assert [path for path in paths(made, "article") if path.startswith("pl")] == [f"plxxxiv.d{n}" for n in (1, 2, 3)]


def test_d_and_đ_of_the_traffic_decree(samples: Path) -> None:
    made = of(samples, TRAFFIC)[1]
    # 910 lines begin with the letter of a point; 11 more follow an opening quotation mark.
    assert len(paths(made, "point")) == 910 + 11
    assert sum(path.endswith(".pdd") and ".q" not in path for path in paths(made, "point")) == 74
    assert codes(made) == []


def test_articles_that_the_land_law_quotes(samples: Path) -> None:
    made = of(samples, LAND)[1]
    quoted = [path for path in paths(made, "article") if "." in path]
    assert [path.split(".")[-1] for path in quoted] == ["d129", "d20", "d53", "d56"]
    assert all(".q1." in path for path in quoted)


def test_the_article_inserted_into_the_accounting_law(samples: Path) -> None:
    made = of(samples, "legal/108_2025_QH15_675268.docx")[1]
    assert at(made, "d51.q1.d70a").heading.startswith("Cung cấp dịch vụ kế toán")


def test_the_charters_in_the_forms_of_the_funds_decree(samples: Path) -> None:
    made = of(samples, FUNDS)[1]
    inside = Counter(path.rsplit(".", 1)[0] for path in paths(made, "article") if "." in path)
    assert inside["pli.f02"] == inside["pli.f03"] == 30
    assert sum(inside.values()) + 56 == 175
    assert [len([path for path in paths(made, "form") if path.startswith(f"{pl}.")]) for pl in ("pli", "plii")] == [
        19,
        15,
    ]
    assert ("repeated_label", "d8.k2.pd~2") in codes(made)


def test_the_forms_of_the_security_decree(samples: Path) -> None:
    assert len(paths(of(samples, "legal/nghi_dinh_99_2022_ND_CP.docx")[1], "form")) == 47


def test_chapters_of_the_environment_law(samples: Path) -> None:
    assert len(paths(of(samples, "legal/text/luat_bvmt_72-2020-qh14.txt")[1], "chapter")) == 16


def test_the_articles_that_an_amending_decree_inserts(samples: Path) -> None:
    made = of(samples, COPYRIGHT)[1]
    inserted = {path.rsplit(".", 1)[1] for path in paths(made, "article") if ".q" in path}
    assert {"d5a", "d37a", "d37b", "d37c", "d96a"} <= inserted
    assert [path for path in paths(made, "form")] == [f"pliii.f{number}" for number in ("02", "04", "05", "10", "11")]


def test_decisions_inside_the_forms_of_a_circular_stay_there(samples: Path) -> None:
    made = of(samples, CIRCULAR)[1]
    restarted = [path for path in paths(made, "article") if path.endswith(".d1") and ".q" not in path]
    assert restarted and all(path.startswith("pl") for path in restarted)


@pytest.mark.parametrize(("name", "points"), [(INSURANCE[0], 107), (INSURANCE[1], 108)])
def test_a_consolidated_law_is_read_without_the_laws_that_its_notes_quote(
    samples: Path, name: str, points: int
) -> None:
    made = of(samples, name)[1]
    assert [len(paths(made, kind)) for kind in ("article", "clause", "point")] == [55, 216, points]
    assert paths(made, "quoted") == []
    of_lines = ("joined_lines", "running_header")
    assert [path for code, path in codes(made) if code not in of_lines] == ["d21.k1.pb~2"]
    assert at(made, "d51.k2.pdd").text.startswith("Đối tượng quy định tại khoản 25 Điều 12")


@pytest.mark.parametrize("name", INSURANCE)
def test_notes_of_a_consolidated_law_restart_articles_that_do_not_leak(samples: Path, name: str) -> None:
    made = of(samples, name)[1]
    found = [path for path in paths(made, "article") if "." not in path]
    assert found[:3] == ["d1", "d2", "d3"]
    assert {"d7a", "d7b", "d7c"} <= set(found)
    assert found[-1] == "d52"
    assert len(paths(made, "footnote")) > 40


def test_the_programme(samples: Path) -> None:
    made = of(samples, "../programme.txt")[1]
    assert made.grammar == "roman"
    assert paths(made, "roman") == ["ri", "rii", "riii", "riv"]
    assert at(made, "riii.k2.pc").text.startswith("Chủ trì tiếp nhận và trao đổi, phản hồi")
    assert at(made, "riii.k2.pdd").text.startswith("Chỉ đạo")
    assert [path for code, path in codes(made) if code == "repeated_label"] == ["ri.k1.pa~2", "ri.k1.pb~2"]
    assert [path for code, path in codes(made) if code == "sentence_continued"] == ["rii.k5", "riii.k1.pc"]


def test_the_environmental_report(samples: Path) -> None:
    made = of(samples, REPORT)[1]
    assert made.grammar == "decimal"
    assert len(paths(made, "chapter")) == 8
    assert at(made, "ci.n1_1").marker == "2.1\t1.1."
    assert at(made, "cii.n2_1_1").heading == "Luật Bảo vệ môi trường 2020"
    assert len(paths(made, "table")) == 21
    assert paths(made, "article") == []
