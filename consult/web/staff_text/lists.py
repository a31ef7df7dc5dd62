"""Which lines of a plain text are lists, and how deep each item stands, as people type them: "1." above "-" above "+",
indented or not. Everything else that looks like an item keeps its sign as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DEEPEST = 2
TAB = 4

ITEM = re.compile(r"([ ]*)([-*+•–]|\d{1,3}\.)[ ]+(\S.*)")
LOOKS_LIKE_ITEM = re.compile(r"[ ]*(?:[-*+]|\d+\.)(?=[ ]|$)")
SIGNS = {"-": "&#45;", "+": "&#43;", "*": "&#42;", ".": "&#46;"}


@dataclass
class _Item:
    """One item: its sign, the number if it is one, the lines it says, and how deep it stands."""

    indent: int
    sign: str
    said: list[str]
    typed: list[str]
    depth: int = 0

    @property
    def number(self) -> int | None:
        return int(self.sign[:-1]) if self.sign.endswith(".") else None

    @property
    def kind(self) -> tuple[int, str]:
        """What makes two items stand at the same depth: how they are indented, and by which sign they begin."""
        return self.indent // 2, self.sign if self.number is None else "1."


def set_out(typed: str) -> str:
    """The text with its lists apart from paragraphs and indented as Markdown has it; no other line is taken for one."""
    return "\n".join(line for part in _parts(typed) for line in _written(part))


def has_list(typed: str) -> bool:
    """Whether anything in the text is a list."""
    return any(_is_list(part) for part in _parts(typed) if not isinstance(part, str))


def _parts(typed: str) -> Iterator[str | list[_Item]]:
    """The text in order: lines that are no items, and runs of items that follow each other."""
    run: list[_Item] = []
    for line in typed.expandtabs(TAB).split("\n"):
        found = ITEM.fullmatch(line)
        if found:
            run.append(_Item(len(found[1]), found[2], [found[3].rstrip()], [line]))
        elif run and line.strip() and line.startswith("  "):
            run[-1].said.append(_plain(line))
            run[-1].typed.append(line)
        else:
            yield from _ended(run)
            run = []
            yield line
    yield from _ended(run)


def _ended(run: list[_Item]) -> list[list[_Item]]:
    _take_depths(run)
    return [run] if run else []


def _written(part: str | list[_Item]) -> Iterator[str]:
    """A line as text, or the lines of a run: as a list, or as they were typed."""
    if isinstance(part, str):
        yield _plain(part)
    elif not _is_list(part):
        yield from (_plain(line) for item in part for line in item.typed)
    else:
        yield from _as_list(part)


def _as_list(run: list[_Item]) -> Iterator[str]:
    yield ""
    for item in run:
        space = " " * TAB * item.depth
        first, *rest = item.said
        yield f"{space}{'-' if item.number is None else item.sign} {_plain(first)}"
        yield from (f"{space}{' ' * TAB}{line}" for line in rest)
    yield ""


def _take_depths(run: list[_Item]) -> None:
    """An item stands as deep as its kind came late, never more than one below the item before it."""
    kinds: list[tuple[int, str]] = []
    before = -1
    for item in run:
        if item.kind not in kinds:
            kinds.append(item.kind)
        before = item.depth = min(kinds.index(item.kind), before + 1, DEEPEST)


def _is_list(run: list[_Item]) -> bool:
    """Whether it reads the same as a list: more than one item, and in each list numbers that count on, or none."""
    if len(run) < 2:
        return False
    last: dict[int, _Item] = {}
    for item in run:
        last = {depth: one for depth, one in last.items() if depth <= item.depth}
        before = last.get(item.depth)
        if before is not None and item.number != (None if before.number is None else before.number + 1):
            return False
        last[item.depth] = item
    return True


def _plain(line: str) -> str:
    """A line that is no item, whatever it begins with."""
    line = line.strip()
    found = LOOKS_LIKE_ITEM.match(line)
    if not found:
        return line
    sign = line[found.end() - 1]
    return f"{line[: found.end() - 1]}{SIGNS[sign]}{line[found.end() :]}"
