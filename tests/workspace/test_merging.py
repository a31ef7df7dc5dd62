"""What several people write in one draft: every pairing of changed fields, and any history of opening, writing, adding,
taking out, moving and saving."""

from dataclasses import dataclass, field, replace
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.workspace import fields
from consult.workspace.content import DraftContent
from consult.workspace.points import PARTS, Point
from consult.workspace.versions.merging import merged

BASE = DraftContent(comments=tuple(Point("d1", text=f"Điểm {key}.", key=key) for key in "123"), conclusion="Cũ.")
NAMES = [name for name in fields.by_name(BASE) if not name.startswith(("comments.2.", "comments.3."))]


def with_field(content: DraftContent, name: str, text: str) -> DraftContent:
    texts = {**fields.by_name(content), name: text}
    return fields.content_of(texts, [one.key for one in content.comments], {})


@pytest.mark.parametrize("first", NAMES)
def test_every_pairing_of_changed_fields(first: str) -> None:
    """Two fields are put together in whichever order they are saved; one field that both changed is asked, unless both
    wrote the same."""
    for second in NAMES:
        mine, theirs = with_field(BASE, first, "Của tôi."), with_field(BASE, second, "Của kia.")
        result, turned = merged(BASE, mine, theirs), merged(BASE, theirs, mine)
        if first == second:
            told = [(one.name, one.mine, one.theirs) for one in result.conflicts]
            assert told == [(first, "Của tôi.", "Của kia.")] and result.content == theirs
            assert merged(BASE, mine, theirs, {first: "Chung."}).content == with_field(BASE, first, "Chung.")
            assert merged(BASE, mine, mine) == merged(BASE, BASE, mine)
        else:
            both = with_field(mine, second, "Của kia.")
            assert (result.content, result.conflicts) == (both, ()) and turned.content == both


CHANGES = {
    "write": lambda content: with_field(content, "comments.1.text", "Viết lại."),
    "write elsewhere": lambda content: with_field(content, "comments.2.reason", "Vì vậy."),
    "add": lambda content: content.with_points(Point("d4", text="Thêm.", key="4")),
    "add too": lambda content: content.with_points(Point("d5", text="Nữa.", key="5")),
    "take out": lambda content: content.without_point("3"),
    "move": lambda content: content.moved("1", 1),
    "letter": lambda content: replace(content, letter_number="12/MTTQ"),
}


@pytest.mark.parametrize("three", list(combinations(CHANGES, 3)), ids=" + ".join)
def test_three_people_change_what_does_not_touch(three: tuple[str, ...]) -> None:
    """Whoever saves first, the same draft comes of it, with all three changes."""
    found = []
    for turn in permutations(three):
        now = BASE
        for name in turn:
            result = merged(BASE, CHANGES[name](BASE), now)
            assert not result.conflicts
            now = result.content
        found.append(now)
    assert all(one == found[0] for one in found)
    keys = {point.key for point in found[0].comments}
    assert ("4" in keys, "5" in keys, "3" in keys) == ("add" in three, "add too" in three, "take out" not in three)


@pytest.mark.parametrize("kept", ["", "Sửa lại."])
def test_a_point_that_one_took_out_and_the_other_wrote_in_is_asked(kept: str) -> None:
    without, written = BASE.without_point("2"), with_field(BASE, "comments.2.text", "Sửa lại.")
    for mine, theirs in ((without, written), (written, without)):
        result = merged(BASE, mine, theirs)
        assert [one.name for one in result.conflicts] == ["comments.2"] and result.content == theirs
        chosen = merged(BASE, mine, theirs, {"comments.2": kept})
        assert chosen.content == (written if kept else without) and not chosen.conflicts


def test_an_empty_point_that_somebody_wrote_in_is_not_lost() -> None:
    empty = DraftContent()
    added, written = empty.with_points(Point("d1", text="Thêm.", key="2")), with_field(empty, "comments.1.text", "Có.")
    for mine, theirs in ((added, written), (written, added)):
        result = merged(empty, mine, theirs)
        assert not result.conflicts and {one.text for one in result.content.comments} == {"Thêm.", "Có."}


def test_places_that_both_changed_otherwise_are_asked() -> None:
    mine, theirs = BASE.moved("1", 2), BASE.moved("3", -1)
    [asked] = merged(BASE, mine, theirs).conflicts
    assert (asked.name, asked.base, asked.theirs, asked.mine) == ("order", "1 2 3", "1 3 2", "2 3 1")
    assert merged(BASE, mine, theirs, {"order": "2 3 1"}).content == mine
    assert merged(BASE, mine, theirs, {"order": "1 3 2"}).content == theirs
    assert merged(BASE, mine, mine).content == mine


def test_what_somebody_took_from_elsewhere_stays_said() -> None:
    theirs = BASE.with_points(Point("d9", text="Từ thôn.", key="9", source="collection:7"))
    result = merged(BASE, with_field(BASE, "comments.1.text", "Sửa."), theirs)
    assert result.content.comments[-1].source == "collection:7"


@dataclass
class Desk:
    """A draft with all its versions, and what each author has open: the same steps as saving takes, without a
    database."""

    versions: list[DraftContent] = field(default_factory=lambda: [BASE])
    now: DraftContent = BASE
    opened: dict[int, DraftContent] = field(default_factory=dict)
    typed: dict[int, DraftContent] = field(default_factory=dict)
    keys: int = 3
    saved: list[str] = field(default_factory=list)

    def open(self, who: int) -> None:
        self.opened[who] = self.typed[who] = self.now

    def save(self, who: int, side: str) -> None:
        base, mine = self.opened[who], self.typed[who]
        self.saved.extend(_texts(mine))
        result = merged(base, mine, self.now)
        if result.conflicts:
            self.versions.append(mine)
            chosen = {one.name: getattr(one, side) for one in result.conflicts}
            result = merged(base, mine, self.now, chosen)
            assert not result.conflicts
            _check(base, mine, self.now, result.content, set(chosen))
        else:
            _check(base, mine, self.now, result.content, set())
        self.now = result.content
        self.versions.append(self.now)
        self.open(who)


def _texts(content: DraftContent) -> list[str]:
    return [text for name, text in fields.by_name(content).items() if text and not name.endswith(".anchor")]


def _check(base: DraftContent, mine: DraftContent, theirs: DraftContent, result: DraftContent, asked: set[str]) -> None:
    """Every change that nobody else made otherwise stands in the result, and nothing else does."""
    texts = [fields.by_name(one) for one in (base, mine, theirs, result)]
    keys = [{one.key for one in content.comments} for content in (base, mine, theirs, result)]
    for name in set(texts[1]) | set(texts[2]):
        key = fields.point_of(name)
        if name in asked or fields.named(key) in asked or (key and key not in keys[3]):
            continue
        before, own, other, after = (side.get(name, "") for side in texts)
        there = [not key or key in side for side in keys]
        wanted = own if there[1] and (not there[2] or own != before) else other
        assert after == wanted, name
    empty = {one.key for one in base.comments if one.empty}
    assert keys[3] - {"0"} >= (keys[1] | keys[2]) - keys[0], "what anybody added is there"
    for key in keys[0] - keys[3]:
        assert key not in keys[1] or key not in keys[2] or key in empty, "what nobody took out is there"


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["open", "edit", "letter", "add", "remove", "move", "save", "save"]),
        st.integers(0, 9),
        st.sampled_from(["mine", "theirs"]),
    ),
    max_size=30,
)


def step(desk: Desk, who: int, what: str, number: int, side: str, text: str) -> None:
    if who not in desk.typed:
        desk.open(who)
    content = desk.typed[who]
    point = content.comments[number % len(content.comments)]
    changed: dict[str, Any] = {
        "edit": lambda: with_field(content, f"comments.{point.key}.{PARTS[2 + number % 3]}", text),
        "letter": lambda: with_field(content, ("conclusion", "letter_number", "criteria.balance")[number % 3], text),
        "add": lambda: content.with_points(Point("d1", text=text, key=f"n{who}{desk.keys:04d}")),
        "remove": lambda: content.without_point(point.key),
        "move": lambda: content.moved(point.key, 1 - 2 * (number % 2)),
    }
    if what in changed:
        desk.keys += 1
        desk.typed[who] = changed[what]()
    elif what == "open":
        desk.open(who)
    else:
        desk.save(who, side)


@given(STEPS)
def test_whatever_people_do_nothing_that_was_saved_is_lost(steps: list[tuple[int, str, int, str]]) -> None:
    desk = Desk()
    for place, (who, what, number, side) in enumerate(steps):
        step(desk, who, what, number, side, f"Chữ {place}.")
    kept = {text for version in desk.versions for text in _texts(version)}
    assert set(desk.saved) <= kept
    names = [one.key for one in desk.now.comments]
    assert len(set(names)) == len(names)


@given(STEPS, STEPS)
def test_two_who_changed_nothing_in_common_may_save_in_any_order(
    mine: list[tuple[int, str, int, str]], theirs: list[tuple[int, str, int, str]]
) -> None:
    sides = []
    for who, steps in enumerate((mine, theirs)):
        desk = Desk()
        for place, (_who, what, number, side) in enumerate(steps):
            if what not in {"save", "open"}:
                step(desk, who, what, number, side, f"Chữ {who} {place}.")
        sides.append(desk.typed.get(who, BASE))
    one, other = merged(BASE, *sides), merged(BASE, *reversed(sides))
    assert {item.name for item in one.conflicts} == {item.name for item in other.conflicts}
    if not one.conflicts:
        assert one.content == other.content
