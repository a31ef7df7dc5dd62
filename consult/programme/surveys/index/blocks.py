"""Which communes are told together, so that nobody's answers can be worked out.

Every figure and every row that becomes public belongs to one block: a commune with enough answers, or several communes
together. Whatever is told beside that (the whole, the units of today, a comparison with an earlier year) is made of
whole blocks, so that the difference of any two public figures is again one of whole blocks, in one year or over many.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A commune: its key, how many live there, how many answers of drawn people came, and what it lies in, from the
    nearest (the unit that it became) to the widest."""

    key: str
    population: int
    answers: int
    within: tuple[Hashable, ...] = ()


@dataclass(frozen=True)
class Block:
    """Communes that are told as one."""

    places: tuple[Place, ...]

    @property
    def answers(self) -> int:
        """How many came from all of them."""
        return sum(one.answers for one in self.places)

    @property
    def population(self) -> int:
        """How many live in all of them."""
        return sum(one.population for one in self.places)

    def told(self, least: int) -> bool:
        """Whether it may be told: with enough answers, and where communes are hidden in it, more than one."""
        few = [one for one in self.places if one.answers < least]
        return self.answers >= least and (not few or len(self.places) > 1)


def blocks_of(places: Sequence[Place], least: int) -> tuple[Block, ...] | None:
    """The blocks, those of one commune first; None where not even the whole may be told. Communes without any answer
    are left out: nothing is known of them. What has too few goes together with what lies nearest, first with others
    that have too few, at last with the commune that has the fewest of those that have enough."""
    answered = [one for one in places if one.answers]
    told = [Block((one,)) for one in answered if one.answers >= least]
    left = [one for one in answered if one.answers < least]
    for depth in range(max((len(one.within) for one in left), default=0)):
        joined, left = _gathered(left, depth, least)
        told += joined
    rest = Block(tuple(left))
    while rest.places and not rest.told(least):
        if not told:
            return None
        nearest = min(told, key=lambda block: (-_shared(block, rest), block.answers, block.places[0].key))
        told.remove(nearest)
        rest = Block((*nearest.places, *rest.places))
    told += [rest] if rest.places else []
    return tuple(sorted(told, key=lambda block: (len(block.places) > 1, block.places[0].key))) or None


def grouped(counts: dict[str, int], least: int) -> tuple[tuple[str, ...], ...]:
    """Categories of people so that each group told has enough: those with fewer are put together, with the smallest of
    the others where one alone or too few would be left. Nothing where a single group would remain."""
    answered = {name: count for name, count in counts.items() if count}
    told = [name for name, count in answered.items() if count >= least]
    rest = [name for name, count in answered.items() if count < least]
    while rest and told and (len(rest) == 1 or sum(answered[name] for name in rest) < least):
        smallest = min(told, key=lambda name: (answered[name], name))
        told.remove(smallest)
        rest.append(smallest)
    groups = [(name,) for name in told] + ([tuple(sorted(rest, key=list(counts).index))] if rest else [])
    return tuple(groups) if len(groups) > 1 else ()


def joined_by(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> list[tuple[list[int], list[int]]]:
    """Which blocks of two years can be compared: each is given by the units of today that its communes lie in, and what
    shares a unit goes together. Gives the places of both in whole groups, those that only one year has left out."""
    nodes = [(0, at, units) for at, units in enumerate(one)] + [(1, at, units) for at, units in enumerate(other)]
    found: list[tuple[list[int], list[int]]] = []
    while nodes:
        group = [nodes.pop(0)]
        units = set(group[0][2])
        while near := [node for node in nodes if node[2] & units]:
            group += near
            nodes = [node for node in nodes if node not in near]
            units |= {unit for node in near for unit in node[2]}
        sides = ([at for side, at, _units in group if side == 0], [at for side, at, _units in group if side == 1])
        if all(sides):
            found.append(sides)
    return found


def _gathered(places: Sequence[Place], depth: int, least: int) -> tuple[list[Block], list[Place]]:
    """Those that have enough together with others that lie in the same, so far up, and what is left."""
    groups: dict[Hashable, list[Place]] = {}
    for one in places:
        for around in one.within[depth : depth + 1]:
            groups.setdefault(around, []).append(one)
    blocks = [Block(tuple(group)) for group in groups.values()]
    told = [block for block in blocks if block.told(least)]
    taken = {one.key for block in told for one in block.places}
    return told, [one for one in places if one.key not in taken]


def _shared(block: Block, rest: Block) -> int:
    """How near two blocks lie: how much of what one lies in holds something of the other."""
    around = {at for one in rest.places for at in one.within}
    return len({at for one in block.places for at in one.within} & around)
