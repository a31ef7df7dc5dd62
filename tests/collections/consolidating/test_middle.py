"""Three levels: villages, two communes, the province. What villages said goes up through their commune with its
sources, is counted once whatever way it went, and the answer comes down through both; nobody reads beside or above
themselves."""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy.orm import Session

from consult.collections import sums
from consult.collections.answers import carrying
from consult.collections.answers import service as answers
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import reading
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.reading import Fate
from consult.collections.consolidating.service import NewPoint
from consult.collections.consolidating.upward import carried_up
from consult.collections.inputs import NewFile, NewOpinion
from consult.collections.models import Branch
from consult.collections.words import FileKind
from consult.errors import NotFound, Refused
from tests.builders import NOW
from tests.collections.scene import CODES, Collecting, collecting, meeting, paper, record

GARBAGE = NewPoint("Cả xã đề nghị hai điểm thu gom rác")


@dataclass
class Levels:
    """The province collects; Phong Quang has the villages Mạ (opinions 1 to 3) and Chang (4, 5), Ba Bể has Pác Ngòi
    (6, 7); 8 was said in the commune of Phong Quang itself."""

    scene: Collecting
    phong_quang: Branch
    ba_be: Branch
    ma: Branch
    chang: Branch
    pac_ngoi: Branch


@pytest.fixture
def levels(session: Session) -> Levels:
    """A collection that stands by itself."""
    scene = collecting(session, "Xã Phong Quang", "Xã Ba Bể", standing=True)
    communes = scene.branches["Xã Phong Quang"], scene.branches["Xã Ba Bể"]
    add = [NewBranch("Thôn Mạ"), NewBranch("Thôn Chang")]
    ma, chang = branches.add(session, scene.collection, communes[0], add, CODES, NOW)
    [pac_ngoi] = branches.add(session, scene.collection, communes[1], [NewBranch("Thôn Pác Ngòi")], CODES, NOW)
    minority = NewOpinion(text="Không cần thêm điểm nào", differing=True)
    record(session, ma, paper(12), "Thêm điểm thu gom", "Rác để lâu", minority, at="ma")
    record(session, chang, paper(9), "Thêm một điểm", "Xe rác ít", at="chang")
    record(session, pac_ngoi, meeting("Nhà văn hóa Pác Ngòi", 30), "Đường hẹp", "Nước đục", at="pac")
    record(session, communes[0], paper(1), "Ý của xã", at="xa")
    return Levels(scene, *communes, ma, chang, pac_ngoi)


def fates(session: Session, levels: Levels, branch: Branch | None = None) -> dict[int, Fate]:
    """The fate of each opinion as a level sees it, by number."""
    return {one.number: one.fate for one in reading.opinions(session, levels.scene.collection, branch)}


def test_sums_go_bottom_up_and_sources_through_both_levels_each_once(session: Session, levels: Levels) -> None:
    collection, secretary = levels.scene.collection, levels.scene.secretary
    assert list(fates(session, levels, levels.phong_quang)) == [1, 2, 3, 4, 5, 8]
    assert list(fates(session, levels, levels.ba_be)) == [6, 7]
    commune = consolidating.write(session, collection, GARBAGE, [1, 2, 4], levels.phong_quang, NOW)
    minority = consolidating.carry_as_is(session, collection, [3], levels.phong_quang, NOW)[0]
    assert (minority.differing, minority.text, minority.written_by_id) == (True, "Không cần thêm điểm nào", None)
    # Both by the commune and by itself: 2 is one opinion all the same.
    top = consolidating.write(session, collection, NewPoint("Tỉnh"), [2, 6], secretary, NOW, [commune.number])
    assert reading.sources_of(session, collection)[top.id] == [1, 2, 4, 6]
    count = reading.count(reading.opinions(session, collection))
    assert (count.all, count.carried, count.open, count.differing) == (8, 4, 4, 1)
    own = reading.count(reading.opinions(session, collection, levels.phong_quang))
    assert (own.all, own.carried, own.open) == (6, 4, 2)
    read = {one.consolidated.number: (one.opinions, one.carried) for one in reading.points(session, collection)}
    assert read == {commune.number: (3, (top.number,)), minority.number: (1, ())}
    rows = {row.branch.name: row for row in sums.rows_of(session, collection)}
    assert {name: (row.own.opinions, row.all.opinions) for name, row in rows.items()} == {
        "Xã Phong Quang": (1, 6), "Thôn Mạ": (3, 3), "Thôn Chang": (2, 2), "Xã Ba Bể": (0, 2), "Thôn Pác Ngòi": (2, 2),
    }  # fmt: skip
    assert sums.total(list(rows.values())).opinions == 8
    assert sum(rows["Xã Phong Quang"].all.people.values()) == 12 + 9 + 1


def test_the_answer_comes_down_through_both_levels(session: Session, levels: Levels) -> None:
    collection, secretary = levels.scene.collection, levels.scene.secretary
    commune = consolidating.write(session, collection, GARBAGE, [1, 4], levels.phong_quang, NOW)
    told = {one.opinion.number: one for one in answers.told(session, collection)}
    assert [one.id for one in told[1].between] == [commune.id] and not told[1].has_answer
    top = consolidating.write(session, collection, NewPoint("Tỉnh"), [], secretary, NOW, [commune.number])
    consolidating.answer(session, top, "Sẽ thêm hai điểm trong quý này.", secretary, NOW)
    for village in (levels.ma, levels.chang):
        [answered] = carrying.of_branch(session, village).answered
        assert [way.answer.text for way in answered.ways if way.answer] == ["Sẽ thêm hai điểm trong quý này."]
    below = carrying.of_collection(session, collection, levels.phong_quang)
    assert [(row.branch.name, row.to_tell) for row in below] == [("Thôn Mạ", 1), ("Thôn Chang", 1)]
    [way] = carried_up(session, collection)[commune.id]
    assert way.answer is not None and way.consolidated.id == top.id
    assert carrying.of_branch(session, levels.pac_ngoi).answered == []


def test_nobody_rests_on_what_they_do_not_read(session: Session, levels: Levels) -> None:
    collection, secretary = levels.scene.collection, levels.scene.secretary
    theirs = consolidating.write(session, collection, GARBAGE, [1], levels.phong_quang, NOW)
    top = consolidating.write(session, collection, NewPoint("Tỉnh"), [7], secretary, NOW)
    for numbers, points in (([1], []), ([], [theirs.number]), ([], [top.number])):
        with pytest.raises(NotFound):
            consolidating.write(session, collection, GARBAGE, numbers, levels.ba_be, NOW, points)
        with pytest.raises(NotFound):
            consolidating.leave_out(session, collection, numbers, "Vì sao", levels.ba_be, NOW, points)
    with pytest.raises(NotFound):
        consolidating.write(session, collection, GARBAGE, [], levels.phong_quang, NOW, [theirs.number])
    for held, who in ((theirs, levels.ba_be), (theirs, secretary), (top, levels.phong_quang)):
        with pytest.raises(NotFound):
            consolidating.change(session, held, GARBAGE, [1], who, NOW)
    branches.end_key(session, levels.phong_quang, NOW)
    with pytest.raises(NotFound):
        consolidating.withdraw(session, theirs, levels.phong_quang, NOW)


def test_what_a_level_above_rests_on_stands(session: Session, levels: Levels) -> None:
    collection, secretary = levels.scene.collection, levels.scene.secretary
    commune = consolidating.write(session, collection, GARBAGE, [1], levels.phong_quang, NOW)
    top = consolidating.carry_as_is(session, collection, [], secretary, NOW, [commune.number])[0]
    assert top.text == GARBAGE.text
    with pytest.raises(Refused, match="carried_above"):
        consolidating.change(session, commune, GARBAGE, [4], levels.phong_quang, NOW)
    with pytest.raises(Refused, match="carried_above"):
        consolidating.withdraw(session, commune, levels.phong_quang, NOW)
    consolidating.withdraw(session, top, secretary, NOW)
    consolidating.change(session, commune, GARBAGE, [4, 5], levels.phong_quang, NOW)
    assert reading.direct_sources(session, commune) == ([4, 5], [])


def test_each_level_says_why_it_left_something_out_and_none_undoes_the_one_above(
    session: Session, levels: Levels
) -> None:
    collection, secretary = levels.scene.collection, levels.scene.secretary
    consolidating.leave_out(session, collection, [1, 2], "Xã tự giải quyết", levels.phong_quang, NOW)
    told = {one.opinion.number: one for one in answers.told(session, collection)}
    assert told[1].left_out == "Xã tự giải quyết" and told[1].opinion.left_out_branch.name == "Xã Phong Quang"
    consolidating.write(session, collection, NewPoint("Tỉnh vẫn chuyển"), [1], secretary, NOW)
    assert fates(session, levels)[1] is Fate.CARRIED
    commune = consolidating.write(session, collection, GARBAGE, [4], levels.phong_quang, NOW)
    consolidating.leave_out(session, collection, [5], "Ngoài phạm vi", secretary, NOW, [commune.number])
    assert {number: fate for number, fate in fates(session, levels).items() if number in (4, 5)} == {
        4: Fate.LEFT_OUT, 5: Fate.LEFT_OUT,
    }  # fmt: skip
    consolidating.write(session, collection, GARBAGE, [5], levels.phong_quang, NOW)
    consolidating.leave_out(session, collection, [4], "Khác", levels.phong_quang, NOW)
    [four] = [one for one in answers.told(session, collection) if one.opinion.number == 4]
    assert fates(session, levels)[5] is Fate.LEFT_OUT and four.left_out == "Ngoài phạm vi"


def test_as_they_are_all_or_none(session: Session, levels: Levels) -> None:
    collection = levels.scene.collection
    page = NewFile(FileKind.PAGE, "c" * 64, "trang.jpg", "image/jpeg", 1000)
    record(session, levels.ma, replace(paper(), files=(page,)), NewOpinion(untyped=True, file=0), at="anh")
    with pytest.raises(Refused, match="opinion_untyped"):
        consolidating.carry_as_is(session, collection, [1, 9], levels.phong_quang, NOW)
    assert reading.consolidated(session, collection) == []
