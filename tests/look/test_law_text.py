"""A provision and all below it as a page shows them: anchors, headings in order, names of places, wide tables."""

from typing import Any

from flask import Flask

from tests.html_parsing import parse
from tests.html_rules import problems_of, words_of
from tests.look.rendering import node, page

POINT = node("point", "d12a.k3.pdd", "đ", marker="đ)", text="Nước thải <b>", count=2)
CLAUSE = node("clause", "d12a.k3", "3", marker="3.", text="Không điều chỉnh:", children=[POINT])
ARTICLE = node("article", "d12a", "12a", marker="Điều 12a.", heading="Phạm vi", children=[CLAUSE])
SECTION = node("section", "c1.m1", "1", marker="Mục 1", heading="Phân loại", children=[ARTICLE])
CHAPTER = node("chapter", "c1", "I", marker="Chương I", heading="Quy định chung", children=[SECTION])
NESTED = node("table", "pl1.t1.t1", rows=[[{"text": "trong", "colspan": 1, "rowspan": 1, "children": []}]])
ROWS = [[{"text": "Mức giá", "colspan": 2, "rowspan": 3, "children": [NESTED]}]]
APPENDIX = node("appendix", "pl1", "I", marker="Phụ lục I", children=[node("table", "pl1.t1", rows=ROWS)])
TREE = [node("paragraph", "x1", text="Căn cứ\nLuật"), CHAPTER, APPENDIX]
LAW = """<div class="reading">{{ contents(tree) }}<div class="law">
{% for node in tree %}{{ provision(node, base, '/y-kien/?tai=') }}{% endfor %}</div></div>"""


def law(app: Flask, base: str = "/gop-y/?tai=", address: str = "/") -> Any:
    """The page of a small law."""
    html = page(app, LAW, address, tree=TREE, base=base)
    assert problems_of(html) == []
    return parse(html)[0]


def links(root: Any, start: str) -> dict[str, str]:
    """Addresses with that beginning, and what each says."""
    return {link.get("href"): words_of(link) for link in root.xpath("//a[starts-with(@href, $start)]", start=start)}


def test_every_provision_is_an_anchor_and_no_text_is_lost(app: Flask) -> None:
    root = law(app)
    anchors = set(root.xpath("//main//@id"))
    assert {"x1", "c1", "c1.m1", "d12a", "d12a.k3", "d12a.k3.pdd", "pl1", "pl1.t1"} <= anchors
    words = words_of(root.xpath("//main")[0])
    for text in ("Căn cứ Luật", "Chương I Quy định chung", "Điều 12a. Phạm vi", "đ) Nước thải <b>", "Mức giá", "trong"):
        assert text in words


def test_headings_go_down_one_step_at_a_time(app: Flask) -> None:
    headings = law(app).xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    assert [heading.tag for heading in headings] == ["h1", "h2", "h3", "h4", "h2"]


def test_links_name_the_place_they_are_about(app: Flask) -> None:
    root = law(app)
    assert links(root, "/gop-y/")["/gop-y/?tai=d12a.k3.pdd"] == "Góp ý về điểm đ khoản 3 Điều 12a"
    assert links(root, "/y-kien/") == {"/y-kien/?tai=d12a.k3.pdd": "2 ý kiến về điểm đ khoản 3 Điều 12a"}
    english = law(app, address="/en/")
    assert links(english, "/gop-y/")["/gop-y/?tai=d12a.k3.pdd"] == "Comment on point đ, clause 3, Article 12a"


def test_an_alternative_is_a_heading_that_names_what_it_holds(app: Flask) -> None:
    clause = node("clause", "d2.a1.k1", "1", marker="1.", text="Năm triệu.")
    around = node("article", "a2.d3", "3", marker="Điều 3.", heading="Mức")
    tree = [
        node("article", "d2", "2", marker="Điều 2.", children=[
            node("alternative", "d2.a1", "1", marker="Phương án 1:", children=[clause]),
        ]),
        node("alternative", "a2", "2", marker="Phương án 2", children=[around]),
        node("paragraph", "x1", heading="TỔ CHỨC", children=[node("article", "d4", "4", marker="Điều 4.")]),
    ]  # fmt: skip
    root = parse(page(app, LAW, tree=tree, base="/gop-y/?tai="))[0]
    assert links(root, "/gop-y/")["/gop-y/?tai=d2.a1.k1"] == "Góp ý về khoản 1 phương án 1 Điều 2"
    assert links(root, "/gop-y/")["/gop-y/?tai=a2.d3"] == "Góp ý về Điều 3 phương án 2"
    assert links(root, "#").keys() >= {"#d2", "#a2", "#a2.d3", "#x1", "#d4"}, "the contents hide nothing"


def test_what_stands_in_an_appendix_says_so(app: Flask) -> None:
    point = node("point", "pl1.n1_1.pa", "a", marker="a)", text="Chai nhựa")
    deep = node("decimal", "pl1.n1_1", "1.1", marker="1.1.", text="Nhóm", children=[point])
    tree = [node("appendix", "pl1", "I", children=[node("decimal", "pl1.n1", "1", marker="1.", children=[deep])])]
    html = page(app, "{{ provision(tree[0], '/gop-y/?tai=') }}", tree=tree)
    said = links(parse(html)[0], "/gop-y/")
    assert said["/gop-y/?tai=pl1.n1_1"] == "Góp ý về mục 1.1 Phụ lục I"
    assert said["/gop-y/?tai=pl1.n1_1.pa"] == "Góp ý về điểm a mục 1.1 Phụ lục I"


def test_a_letterhead_invites_no_comment(app: Flask) -> None:
    html = page(app, "{{ provision(letterhead, '/gop-y/?tai=') }}", letterhead=node("table", "t1", rows=ROWS))
    assert not links(parse(html)[0], "/gop-y/")


def test_nothing_invites_a_comment_when_none_is_taken(app: Flask) -> None:
    root = law(app, base="")
    assert not root.xpath("//a[@data-inline-form]")
    assert links(root, "/y-kien/")


def test_a_table_keeps_its_merged_cells_and_scrolls_in_a_region(app: Flask) -> None:
    root = law(app)
    region = root.xpath("//*[@id = 'pl1.t1']//*[@role = 'region']")[0]
    assert (region.get("tabindex"), bool(region.get("aria-label"))) == ("0", True)
    assert root.xpath("//td[@colspan = '2'][@rowspan = '3']//table")


def test_the_contents_list_divisions_and_articles(app: Flask) -> None:
    entries = law(app).xpath("//details//a")
    assert [entry.get("href") for entry in entries] == ["#c1", "#c1.m1", "#d12a", "#pl1"]
