"""What villagers, journalists and officers type, and what must stand first: the same for every engine."""

import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.data.synonyms import Synonyms
from consult.search.engines.postgresql_index import PostgresqlIndex
from consult.search.engines.selection import engine_of
from consult.search.engines.tokens import terms
from consult.search.thesaurus import with_groups
from tests.search.conftest import EACH_ENGINE, MakeEngine
from tests.search.engine import ANYTHING, engine_with
from tests.search.everyday_site import EverydaySite, make_site

WASTE, PLAN, ROAD = "matter phan-loai-rac", "matter ke-hoach-5-nam", "matter duong-tinh-eia"
FRONT, CRAFT, WATER = "matter duong-tinh-mat-tran", "matter nuoc-thai-lang-nghe", "matter nuoc-sach-nong-thon"

FIRST = {
    # As a villager types.
    "rác": WASTE, "rac": WASTE, "rác nhà": WASTE, "phân rác": WASTE, "chia rac": WASTE, "rác thải": WASTE,
    "thu gom rác": WASTE, "phân loại rác tại nhà": WASTE, "nước máy": WATER, "nước ăn": WATER, "mó nước": WATER,
    "tiền nước": WATER, "nuoc sach": WATER, "khe suối nước ăn": WATER, "nước bẩn làng nghề": CRAFT,
    "nước cống": CRAFT, "con đường phủ thông": ROAD, "duong phu thong": ROAD, "làm đường": ROAD,
    "bụi đường": ROAD, "thôn nà hái": ROAD, "kế hoạch năm năm": PLAN,
    # As a journalist or an officer types.
    "ĐTM": ROAD, "dtm": ROAD, "EIA": ROAD, "đánh giá tác động môi trường": ROAD, "CTRSH": WASTE,
    "chất thải rắn sinh hoạt": WASTE, "BVMT 5 năm": PLAN, "kế hoạch bảo vệ môi trường 2027 - 2031": PLAN,
    "MTTQ": FRONT, "mặt trận": FRONT, "ubmttq": FRONT, "XLNT làng nghề": CRAFT, "nước thải làng nghề": CRAFT,
    "cấp nước sinh hoạt nông thôn": WATER, "Đường Phủ Thông – Cẩm Giàng": ROAD, "dự án nâng cấp đường": ROAD,
    # Without some or all of the marks, with others, with the keys that would have made them.
    "phân loai rac": WASTE, "phan loại rác": WASTE, "nước thai lang nghê": CRAFT, "bao vê môi trương": PLAN,
    "moi truowngf 5 nawm": PLAN, "nuoc1 thai3 lang2 nghe2": CRAFT, "phanloairac": WASTE, "nước  THẢI làng nghề": CRAFT,
    "mặt trâṇ": FRONT, "phân lọai rác": WASTE, "thu gomm rác": WASTE, "kế họach bảo vệ môi trường": PLAN,
    # In English.
    "waste": WASTE, "household waste": WASTE, "garbage": WASTE, "waste water": CRAFT, "wastewater": CRAFT,
    "road": ROAD, "roads": ROAD, "road to Cam Giang": ROAD, "environmental impact assessment": ROAD,
    "clean water": WATER, "craft villages": CRAFT, "five-year plan": PLAN, "Fatherland Front": FRONT,
    # Most of the words.
    "bao giờ thu gom rác ở chợ Hoà Vang": "comment phan-loai-rac", "làm đường thì bụi quá ai chịu trách nhiệm": ROAD,
    # The clause or comment that alone has it.
    "túi ni lông bẩn": "provision phan-loai-rac", "đền bù hoa màu": "comment duong-tinh-eia",
    "bồi thường cây trồng": "comment duong-tinh-eia", "heo": "provision nuoc-sach-nong-thon",
    "phun thuốc sâu": "provision nuoc-sach-nong-thon", "điều 5 giá nước": "provision nuoc-sach-nong-thon",
    "08/2022/NĐ-CP": "provision phan-loai-rac", "8/2022/nd-cp": "provision phan-loai-rac",
}  # fmt: skip


@pytest.fixture(params=["fts5", "whoosh", "auto", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site(request: pytest.FixtureRequest, session: Session, tmp_path: Path, make_engine: MakeEngine) -> EverydaySite:
    """The site with each engine in turn."""
    if request.param == "postgresql":
        return make_site(session, make_engine(PostgresqlIndex))
    return make_site(session, engine_of(request.param, tmp_path / "search"))


def test_what_people_type_leads_to_what_they_mean(site: EverydaySite) -> None:
    found = {words: site.first(words) for words in FIRST}
    assert len(FIRST) >= 60
    assert {words: first for words, first in found.items() if first != FIRST[words]} == {}


LAWS = {
    "luat_bvmt_72-2020-qh14.txt": {
        "ĐTM": "đánh giá tác động môi trường", "dtm": "đánh giá tác động môi trường", "GPMT": "giấy phép môi trường",
        "rác nguy hại": "chất thải nguy hại", "khí nhà kính": "khí nhà kính", "nước ngầm": "nước dưới đất",
        "phan loai rac": "phân loại chất thải rắn", "hầm cầu": "bể", "làng nghề": "làng nghề",
        "kĩ thuật môi trường": "kỹ thuật môi trường", "BĐKH": "biến đổi khí hậu",
    },
}  # fmt: skip
"""Real laws, and what must stand in the article that comes first for what was typed."""


@pytest.mark.real
@pytest.mark.parametrize("kind", EACH_ENGINE)
def test_what_people_type_leads_to_the_words_of_the_law(samples: Path, make_engine: MakeEngine, kind: type) -> None:
    groups = [row["words"] for row in Synonyms().released().values()]
    for name, asked in LAWS.items():
        text = (samples / "legal" / "text" / name).read_text(encoding="utf-8")
        articles = [one for one in re.split(r"\n(?=Điều \d+\. )", text) if one.startswith("Điều ")]
        assert len(articles) > 100
        engine = engine_with(make_engine(kind), *articles)
        first = {words: engine.query(with_groups(groups, terms(words)), ANYTHING, 1).documents[:1] for words in asked}
        wrong = {words for words, [one] in first.items() if asked[words] not in one.text.casefold()}
        assert wrong == set()
