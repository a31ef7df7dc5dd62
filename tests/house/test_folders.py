"""A folder for each ability: small enough to be looked through, and none that stands on one that stands on it."""

from collections import defaultdict
from pathlib import Path

from tests.house.picture import FOYER, ability_of, circles, dotted, used_by
from tests.house.rooms import CHECKOUT, HOUSE, modules, room_of

KNOWN = {dotted(path): path for path in modules()}
# Mails by language, the tests of the house as a whole, and the papers that rooms have made.
OF_THEIR_OWN = {"notices", "house", "papers"}
MOST_FILES = 25
"""Modules of a folder, its `__init__.py` not counted."""


def test_circles_are_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == [["a", "b", "c"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_a_folder_can_be_looked_through() -> None:
    count: dict[Path, int] = defaultdict(int)
    for path in modules():
        count[path.parent] += path.stem != "__init__"
    full = {str(folder.relative_to(CHECKOUT)): number for folder, number in count.items() if number > MOST_FILES}
    assert not full, full


def test_no_modules_stand_on_each_other() -> None:
    arrows = {dotted(path): {dotted(one) for one in used_by(path, KNOWN)} for path in modules()}
    assert circles(arrows) == []


def test_no_abilities_of_a_room_stand_on_each_other() -> None:
    arrows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in modules():
        for other in used_by(path, KNOWN):
            here, there = ability_of(path), ability_of(other)
            if room_of(path) == room_of(other) and here != there and FOYER not in {here, there}:
                arrows[room_of(path)][here].add(there)
    wrong = {room: found for room, own in arrows.items() if (found := circles(own))}
    assert not wrong, wrong


def test_a_page_is_drawn_by_its_own_ability() -> None:
    """Views of one ability use no views of another: what several pages share is in the `views_frame` of the room, or
    in a file that says so (`views_page`); who opens the room (`views.py` in its foyer, wiring) knows them all."""
    wrong = [
        f"{path.relative_to(CHECKOUT)}: {other.relative_to(CHECKOUT)}"
        for path in modules()
        if path.stem.startswith("views") and ability_of(path) != FOYER
        for other in used_by(path, KNOWN)
        if other.stem.startswith("views")
        and other.stem not in {"views_frame", "views_page"}
        and room_of(other) == room_of(path)
        and ability_of(other) not in {ability_of(path), FOYER}
    ]
    assert not wrong, "\n".join(wrong)


def test_templates_and_tests_lie_in_the_folders_of_their_abilities() -> None:
    """A folder in a room of `templates/` or `tests/` bears the name of an ability, and can be looked through."""
    wrong = []
    for top, kind in ((CHECKOUT / "templates", "*.*"), (CHECKOUT / "tests", "*.py")):
        for folder in (path for path in top.rglob("*") if path.is_dir() and path.name != "__pycache__"):
            room, *inside = folder.relative_to(top).parts
            files = [path for path in folder.glob(kind) if path.name != "__init__.py"]
            if len(files) > MOST_FILES:
                wrong.append(f"{folder.relative_to(CHECKOUT)} holds {len(files)} files")
            if inside and files and room not in OF_THEIR_OWN and not (HOUSE / room / inside[0]).is_dir():
                wrong.append(f"{folder.relative_to(CHECKOUT)}: {room} has no such ability")
    assert not wrong, "\n".join(wrong)
