"""Two people wrote in one draft: what each of them changed since the version they opened is put together, field by
field. A point is the same one by its name, wherever it stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.shown import words
from consult.workspace import fields
from consult.workspace.content import DraftContent
from consult.workspace.points import Point

Chosen = Mapping[str, str]


@dataclass(frozen=True)
class Conflict:
    """A field that both changed otherwise: its words when the form was opened, as they are saved now, and as typed.
    Of a point that one took out and the other wrote in (`comments.<key>`), the words of it that are left, or none."""

    name: str
    base: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """Both sides together; where both changed one field, `content` has what is saved already, and `conflicts` all
    three."""

    content: DraftContent
    conflicts: tuple[Conflict, ...] = ()


def merged(base: DraftContent, mine: DraftContent, theirs: DraftContent, chosen: Chosen | None = None) -> Merged:
    """What `mine` and `theirs` make of `base` together.

    `chosen` says what is to stand in fields that both changed. Changes of different fields, points and places give the
    same whichever of them was saved first. A point that said nothing and was taken out comes back when somebody wrote
    in it.
    """
    texts = {side: fields.by_name(content) for side, content in zip("bmt", (base, mine, theirs), strict=True)}
    asked: dict[str, Conflict] = {}
    taken: dict[str, str] = {}
    points = {side: _points(one) for side, one in zip("bmt", (base, mine, theirs), strict=True)}
    gone = _gone(points["b"], points["m"], points["t"], chosen or {}, asked)
    for name in dict.fromkeys([*texts["t"], *texts["m"], *texts["b"]]):
        key = fields.point_of(name)
        if not key:
            taken[name] = _field(name, texts, chosen or {}, asked)
        elif key not in gone:
            there = {side: texts[side] if key in points[side] else {} for side in "bmt"}
            taken[name] = _of_point(name, there, chosen or {}, asked)
    begun = _places(base, ())
    places = _order(begun, _places(mine, begun), _places(theirs, begun), chosen or {}, asked)
    order = [key for key in places if key not in gone and any(key in points[side] for side in "mt")]
    sources = {key: point.source for side in "bmt" for key, point in points[side].items()}
    content = fields.content_of(taken, order, sources, places)
    return Merged(content, tuple(asked.values()))


def _points(content: DraftContent) -> dict[str, Point]:
    return {point.key: point for point in content.comments}


def _field(name: str, texts: Mapping[str, Mapping[str, str]], chosen: Chosen, asked: dict[str, Conflict]) -> str:
    before, own, other = (texts[side].get(name, "") for side in "bmt")
    if words(own) == words(before) or words(own) == words(other):
        return other
    if words(other) == words(before):
        return own
    if name in chosen:
        return chosen[name]
    asked[name] = Conflict(name, before, other, own)
    return other


def _of_point(name: str, texts: Mapping[str, Mapping[str, str]], chosen: Chosen, asked: dict[str, Conflict]) -> str:
    """A field of a point that stays; a side that has not the point changed nothing of it."""
    if not texts["m"]:
        return texts["t"].get(name, "")
    return _field(name, texts, chosen, asked) if texts["t"] else texts["m"].get(name, "")


def _gone(
    base: Mapping[str, Point], mine: Mapping[str, Point], theirs: Mapping[str, Point], chosen: Chosen,
    asked: dict[str, Conflict],
) -> set[str]:  # fmt: skip
    """The points that one side took out. Where the other wrote in it meanwhile, it is asked."""
    gone = set()
    for key, before in base.items():
        left = [side[key] for side in (mine, theirs) if key in side]
        if len(left) == 2:
            continue
        if not left or fields.same_point(left[0], before):
            gone.add(key)
        elif not before.empty:
            name = fields.named(key)
            if name not in chosen:
                own, other = (fields.written(side[key]) if key in side else "" for side in (mine, theirs))
                asked[name] = Conflict(name, fields.written(before), other, own)
                gone |= {key} - set(theirs)
            elif not chosen[name]:
                gone.add(key)
    return gone


def _places(content: DraftContent, begun: Sequence[str]) -> list[str]:
    """The places of all points of a version, also of those that were taken out of what it begun from."""
    return _with_missing(_with_missing([point.key for point in content.comments], content.places), begun)


def _order(
    base: list[str], mine: list[str], theirs: list[str], chosen: Chosen, asked: dict[str, Conflict]
) -> list[str]:
    """The places of all points: of those that both know, as who moved them has it; those that one of them added stand
    behind the point that they were put behind."""
    known = _with_missing(base, _among(theirs, {*base, *mine}))
    moved = [side for side in (theirs, mine) if _among(side, known) != _among(known, side)]
    if len(moved) == 2 and _among(moved[0], moved[1]) != _among(moved[1], moved[0]):
        if fields.ORDER not in chosen:
            asked[fields.ORDER] = Conflict(fields.ORDER, " ".join(base), " ".join(theirs), " ".join(mine))
        moved = [mine if chosen.get(fields.ORDER) == " ".join(mine) else theirs]
    spine = _with_missing(_among(moved[0], known), known) if moved else known
    added = [*_added(mine, spine), *_added(theirs, spine)]
    new = {at: _in_turn([run for to, run in added if to == at]) for at in ("", *spine)}
    return [*new[""], *(key for at in spine for key in (at, *new[at]))]


def _added(side: Sequence[str], spine: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The points of a side that are not in `spine`, in runs, each with the point that it stands behind."""
    runs: list[tuple[str, list[str]]] = [("", [])]
    for key in side:
        if key in spine:
            runs.append((key, []))
        else:
            runs[-1][1].append(key)
    return runs


def _in_turn(runs: Sequence[list[str]]) -> list[str]:
    """Runs of new points in one place: the point that was made first comes first, but each run as its author put it."""
    left = [list(run) for run in runs if run]
    found: list[str] = []
    while left:
        nearest = min(left, key=lambda run: run[0])
        found.append(nearest.pop(0))
        left = [run for run in left if run]
    return found


def _among(keys: Iterable[str], others: Collection[str]) -> list[str]:
    return [key for key in keys if key in others]


def _with_missing(keys: Sequence[str], others: Sequence[str]) -> list[str]:
    """With those of `others` that are not there, each behind the one that it stands behind there."""
    found = list(keys)
    for place, key in enumerate(others):
        if key not in found:
            found.insert(found.index(others[place - 1]) + 1 if place else 0, key)
    return found
