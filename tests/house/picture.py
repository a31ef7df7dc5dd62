"""The picture of the house as its imports draw it: `make picture`, or `python -m tests.house.picture`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.house.rooms import CHECKOUT, FLOORS, HOUSE, floor_of, imports_of, modules, room_of

# In the foyer of a room stand what its abilities share (tables, words) and what opens them (pages, commands).
FOYER = ""


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def used_by(path: Path, known: Mapping[str, Path]) -> Iterator[Path]:
    """The files of the house that a file imports."""
    for found in imports_of(path):
        name = found.name if found.name in known else found.name.rpartition(".")[0]
        if name in known and known[name] != path:
            yield known[name]


def ability_of(path: Path) -> str:
    """The folder inside its room, FOYER for what stands in the room itself."""
    folders = path.relative_to(HOUSE).parts[1:-1]
    return folders[0] if folders else FOYER


def circles(arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """What leads back to itself: each circle once, from its first name."""
    found: set[tuple[str, ...]] = set()

    def follow(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circle = way[way.index(name) :]
            least = circle.index(min(circle))
            found.add(circle[least:] + circle[:least])
            return
        if name in done:
            return
        for other in sorted(arrows.get(name, ())):
            follow(other, (*way, name))
        done.add(name)

    done: set[str] = set()
    for name in sorted(arrows):
        follow(name, ())
    return [list(one) for one in sorted(found)]


def lines() -> Iterator[str]:
    """The picture as text: floors from the top down, each room with its folders, and what would be wrong with it."""
    files = Counter((room_of(path), ability_of(path)) for path in modules() if path.stem != "__init__")
    for rooms in reversed(FLOORS):
        for room in rooms:
            own = {ability: count for (name, ability), count in files.items() if name == room}
            if (HOUSE / room).is_dir():
                foyer = own.pop(FOYER, 0)
                folders = " ".join(f"{ability}/{count}" for ability, count in sorted(own.items()))
                yield f"  {room:16}{foyer:3}  {folders}".rstrip()
        alone = [room for room in rooms if (HOUSE / f"{room}.py").exists()]
        if alone:
            yield f"  {' '.join(alone)}"
        yield "  " + "─" * 60
    yield from _figures()


def _figures() -> Iterator[str]:
    known = {dotted(path): path for path in modules()}
    arrows = {dotted(path): {dotted(one) for one in used_by(path, known)} for path in modules()}
    between: set[tuple[str, str]] = set()
    up = 0
    for path in modules():
        for other in used_by(path, known):
            here, there = room_of(path), room_of(other)
            between |= {(here, there)} if here != there else set()
            up += (floor_of(there) or 0) > (floor_of(here) or 0)
    folders: dict[Path, int] = Counter(path.parent for path in modules() if path.stem != "__init__")
    fullest = max(folders, key=lambda folder: folders[folder])
    yield f"modules {len(known)}, arrows between them {sum(map(len, arrows.values()))}, between rooms {len(between)}"
    yield f"arrows up {up}, circles of modules {len(circles(arrows))}"
    yield f"folders {len(folders)}, the fullest {fullest.relative_to(CHECKOUT)} with {folders[fullest]} modules"


if __name__ == "__main__":
    print("\n".join(lines()))
