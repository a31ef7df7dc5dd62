"""An order leaves nothing to the database: what is alike in all else is told apart by its key.

Of two rows with the same moment or the same name a database gives either first, PostgreSQL now this one and now that:
a page shows one of them twice and its neighbour lacks it, and what was first for one reader is second for the next.
"""

import ast
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint
from sqlalchemy.orm import configure_mappers

import consult.models  # noqa: F401  (every table)
from consult.db import Base
from tests.house.rooms import CHECKOUT, tree_of

OTHERWISE = {
    "AnswerRating.clear": "whose lines are shown without a moment, so that nothing tells who wrote when",
    "Consultation.field": "each name once",
    "LedgerEntry.kind": "counted by it",
    "Organisation.kind": "each kind once",
    "Participant.body_id": "counted by it",
    "ResponseTarget.response_id": "counted by it",
    "'hopeless'": "counted by it",
    "day": "each day once",
    "func.min(Comment.number)": "of groups, no two of which have the same comment",
    "Consultation.slug != name": "of at most two, of which one is so called",
    "None": "the order is taken away",
    "old.position": "pairs, each of two clauses of two drafts",
    "now.position": "of one draft",
    "member.comment_id": "the key of a member",
    "judged.by_id": "of one pair, which each person judges once",
    "first": "the comment by which a group is called",
    "own": "the matter's key",
    "order": "given, and read where it is given",
    "newest": "given, and read where it is given",
    "_ORDER": "given, and read where it is given",
    "_order(asked)": "given, and read where it is given",
    "order(filters)": "given, and read where it is given",
}
"""What ends an order though it is no column that tells any two rows apart, and why it may."""


def unique(column: Column[Any]) -> bool:
    """Whether a column is of the key of its table, or of something else that no two rows share."""
    table = column.table
    assert isinstance(table, Table)
    shared = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    shared += [one.columns for one in table.indexes if one.unique]
    return column.primary_key or any(column.name in columns for columns in shared)


def last_of(orders: list[ast.expr]) -> ast.expr:
    """The last thing by which an order goes, without its direction."""
    last = orders[-1].value if isinstance(orders[-1], ast.Starred) else orders[-1]
    while isinstance(last, ast.Call) and isinstance(last.func, ast.Attribute) and last.func.attr in ("asc", "desc"):
        last = last.func.value
    return last


def orders() -> Iterator[tuple[str, ast.expr]]:
    """The place of every order of the house, and what ends it."""
    for path in sorted((CHECKOUT / "consult").rglob("*.py")):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            place = f"{path.relative_to(CHECKOUT)}:{node.lineno}"
            if isinstance(node.func, ast.Attribute) and node.func.attr == "order_by" and node.args:
                yield place, last_of(node.args)
            for given in node.keywords:
                if given.arg != "order_by" or isinstance(given.value, ast.Name):
                    continue
                value = given.value
                if isinstance(value, ast.Constant):
                    value = ast.parse(value.value, mode="eval").body
                yield place, last_of(value.elts if isinstance(value, ast.List | ast.Tuple) else [value])


def tells_apart(last: ast.expr) -> bool:
    """Whether no two rows are alike in what ends an order."""
    if not isinstance(last, ast.Attribute):
        return False
    columns = {mapper.class_.__name__: mapper.columns for mapper in Base.registry.mappers}
    owner = columns.get(ast.unparse(last.value))
    if owner is None:
        return last.attr in ("id", "number")
    column = owner.get(last.attr)
    return isinstance(column, Column) and unique(column)


def test_what_is_alike_is_told_apart_by_its_key() -> None:
    configure_mappers()
    found = list(orders())
    assert len(found) > 500
    left = [(place, ast.unparse(last)) for place, last in found if not tells_apart(last)]
    assert [f"{place} is ordered by {last} at the end" for place, last in left if last not in OTHERWISE] == []
    assert OTHERWISE.keys() - {last for _, last in left} == set()
