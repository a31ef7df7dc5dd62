"""Nobody's answers can be worked out from all that is public, of one year or of two together: whatever a reader adds
and subtracts, no commune with too few answers comes out."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.people.models import AreaSuccession
from consult.programme.surveys.index import table
from consult.programme.surveys.index.blocks import Place, blocks_of, grouped, joined_by
from consult.programme.surveys.words import Way
from tests.builders import make_area
from tests.programme.surveys.scene import QUESTIONS, all_say, make_surveyed

LEAST = 5
Sums = list[frozenset[str]]


def can_be_reckoned(wanted: frozenset[str], public: Sequence[frozenset[str]]) -> bool:
    """Whether the sum over some communes follows from public sums: whether its vector lies in their span."""
    atoms = sorted(set().union(wanted, *public))
    rows = [[Fraction(atom in one) for atom in atoms] for one in public]
    return rank([*rows, [Fraction(atom in wanted) for atom in atoms]]) == rank(rows)


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """The rank of a matrix, by elimination."""
    left, found = [list(row) for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        left = [[a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)] for row in left]
    return found


def places(answers: Sequence[int], within: Sequence[tuple[str, ...]] = ()) -> list[Place]:
    around = list(within) or [("all",)] * len(answers)
    return [Place(f"c{at}", 1_000, n, around[at]) for at, n in enumerate(answers)]


def test_no_commune_with_few_answers_follows_from_blocks_and_the_whole() -> None:
    for seed in range(60):
        require_hidden(Random(seed))


def require_hidden(chance: Random) -> None:
    """One survey by chance: what has few answers does not follow from what is told."""
    own = places(
        [chance.choice((0, 1, 3, 4, 5, 9, 30)) for _ in range(8)],
        [(f"u{chance.randint(1, 3)}", f"d{chance.randint(1, 2)}", "all") for _ in range(8)],
    )
    blocks = blocks_of(own, LEAST)
    if blocks is None:
        assert sum(one.answers for one in own) < LEAST or sum(bool(one.answers) for one in own) == 1
        return
    public: Sums = [frozenset(one.key for one in block.places) for block in blocks]
    public.append(frozenset().union(*public))
    assert all(block.answers >= LEAST for block in blocks)
    for one in own:
        if 0 < one.answers < LEAST:
            assert not can_be_reckoned(frozenset({one.key}), public)


def test_one_commune_with_few_answers_takes_another_with_it() -> None:
    blocks = blocks_of(places([30, 12, 3]), LEAST)
    assert blocks is not None
    assert [sorted(one.key for one in block.places) for block in blocks] == [["c0"], ["c1", "c2"]]


def test_neighbours_go_together_before_strangers() -> None:
    own = places([3, 3, 3, 30], [("u1", "all"), ("u2", "all"), ("u1", "all"), ("u2", "all")])
    blocks = blocks_of(own, LEAST)
    assert blocks is not None
    assert [sorted(one.key for one in block.places) for block in blocks] == [["c0", "c2"], ["c1", "c3"]]


def test_nothing_is_told_of_too_few() -> None:
    assert blocks_of(places([2, 2]), LEAST) is None
    assert blocks_of(places([3]), LEAST) is None


def test_small_groups_of_people_are_told_together() -> None:
    assert grouped({"nam": 40, "nu": 38, "": 2}, LEAST) == (("nam",), ("nu", ""))
    assert grouped({"nam": 40, "nu": 3}, LEAST) == ()
    assert grouped({"a": 3, "b": 3, "c": 30}, LEAST) == (("c",), ("a", "b"))


def test_two_years_and_the_units_of_today_together_tell_no_commune_with_few_answers(
    session: Session, tmp_path: Path
) -> None:
    """Old communes A (3 answers), B and C became two of today: A and B the new D. Whoever takes B of the first year
    from D would have A, were A not in one block with B wherever anything is told."""
    surveyed = make_surveyed(session, FileStore(tmp_path))
    end = date(2025, 7, 1)
    old = [
        make_area(session, name, valid_from=date(2020, 1, 1), valid_to=end) for name in ("Xã A", "Xã B", "Xã C", "Xã E")
    ]
    new = [make_area(session, "Xã D", valid_from=end), make_area(session, "Xã G", valid_from=end)]
    for before, after in zip(old, (new[0], new[0], new[1], new[1]), strict=True):
        session.add(AreaSuccession(predecessor_id=before.id, successor_id=after.id, on=end, source=""))
    session.commit()
    year = surveyed.parties.today.year
    first = surveyed.survey([900, 900, 900, 900], areas=old, year=year - 1)
    for area, times in zip(old, (3, 9, 20, 7), strict=True):
        surveyed.enter(first, area, all_say(4, times))
    told_first = surveyed.publish(first)
    second = surveyed.survey([1_800, 1_800], areas=new)
    surveyed.enter(second, new[0], all_say(5, 12))
    surveyed.enter(second, new[1], all_say(5, 4))
    told = surveyed.publish(second)
    codes = {area.code: area.name for area in old}
    own = [frozenset(area["name"] for area in block["areas"]) for block in told_first["blocks"]]
    assert own == [frozenset({name}) for name in sorted(codes.values()) if name not in ("Xã A", "Xã B")] + [
        frozenset({"Xã A", "Xã B"})
    ]
    # The units of today of the first year, and the comparison of the second, are unions of its blocks.
    units = {"Xã D": frozenset({"Xã A", "Xã B"}), "Xã G": frozenset({"Xã C", "Xã E"})}
    public = [*own, *(frozenset().union(*(units[name] for name in row["names"])) for row in told_first["units"])]
    public += [
        frozenset().union(*(units[name] for name in row["names"])) for at in told["earlier"] for row in at["units"]
    ]
    assert len(public) > len(own)
    assert not can_be_reckoned(frozenset({"Xã A"}), public)
    assert not can_be_reckoned(frozenset({"Xã B"}), public)
    # Of the second year all are one block: the unit with four answers is nowhere by itself.
    assert [[area["name"] for area in block["areas"]] for block in told["blocks"]] == [["Xã D", "Xã G"]]
    assert [row["names"] for row in told["earlier"][0]["units"]] == [["Xã D", "Xã G"]]


def test_the_public_table_tells_no_commune_within_a_block(session: Session, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    surveyed = make_surveyed(session, files)
    one = surveyed.survey([100, 5_000, 900])
    for area, said in zip(surveyed.areas, (all_say(1, 2), all_say(5, 8), all_say(4, 9)), strict=True):
        surveyed.enter(one, area, [{**paper, "gioi": "nu", "gop_y": "Ông A"} for paper in said])
    surveyed.publish(one)
    text = files.get(one.table_hash).decode()
    assert "Ông A" not in text
    assert "gioi" not in text
    by_block: dict[str, set[str]] = {}
    for line in text.splitlines()[1:]:
        block, rest = line.split(",", 1)
        by_block.setdefault(block, set()).add(rest.rsplit(",", 2)[0])
    assert all(len(same) == 1 for same in by_block.values())
    assert [len(read.answers.said) for read in table.read(text, QUESTIONS)] == [9, 10]


def test_blocks_of_two_years_are_compared_in_whole_groups() -> None:
    units = frozenset
    here = [units({"d"}), units({"g", "h"})]
    there = [units({"d", "x"}), units({"g"}), units({"h"}), units({"y"})]
    assert joined_by(here, there) == [([0], [0]), ([1], [1, 2])]


def test_what_few_said_at_a_meeting_is_not_told(session: Session, tmp_path: Path) -> None:
    surveyed = make_surveyed(session, FileStore(tmp_path))
    one = surveyed.survey([900])
    surveyed.enter(one, surveyed.areas[0], all_say(4, 6))
    surveyed.enter(one, surveyed.areas[0], [{"khong_khi": "4"}] * 6 + [{"khong_khi": "4", "nuoc": "1"}], Way.MEETING)
    told = surveyed.publish(one)["apart"]["meeting"]
    assert told["n"] == 7
    assert told["questions"]["nuoc"] == {"mean": None, "share": None}
    # The index would tell it too, were the answer of one person part of it.
    assert told["index"]["value"] == "75.0"


def test_of_a_meeting_where_few_gave_points_nothing_is_told(session: Session, tmp_path: Path) -> None:
    surveyed = make_surveyed(session, FileStore(tmp_path))
    one = surveyed.survey([900])
    surveyed.enter(one, surveyed.areas[0], all_say(4, 6))
    surveyed.enter(one, surveyed.areas[0], [{"gioi": "nu"}] * 6 + all_say(1, 1), Way.MEETING)
    assert surveyed.publish(one)["apart"]["meeting"] == {"n": 7, "index": None, "questions": {}}


def test_a_group_of_people_of_whom_few_gave_points_is_told_with_another(session: Session, tmp_path: Path) -> None:
    surveyed = make_surveyed(session, FileStore(tmp_path))
    one = surveyed.survey([9_000])
    surveyed.enter(one, surveyed.areas[0], [{"gioi": "nu"}] * 30 + [{"gioi": "nu", "khong_khi": "1", "nuoc": "1"}])
    surveyed.enter(one, surveyed.areas[0], [{"gioi": "nam", "khong_khi": "4", "nuoc": "4"}] * 40)
    assert surveyed.publish(one)["background"] == []
