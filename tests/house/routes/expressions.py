"""Every regular expression of the house and how it is asked, read from the syntax trees and the modules themselves."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.house.rooms import CHECKOUT, modules, nodes_of

METHODS = ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn")
SAME_WAY = {"finditer": "findall", "subn": "sub"}
ALL_WAYS = ("search", "match", "fullmatch", "findall", "split", "sub")
STAND_IN = "a"
"""What stands for a value that an expression inside a function is made with."""


@dataclass(frozen=True)
class Expression:
    """One expression: where it stands, and the methods it is asked with."""

    place: str
    pattern: Any
    flags: int
    ways: tuple[str, ...]


def expressions() -> Iterator[Expression]:
    """Those that modules and classes hold, and those that calls of `re` are given wherever they stand."""
    asked: dict[str, set[str]] = {}
    for path in modules():
        for name, ways in _asked(path).items():
            asked.setdefault(name, set()).update(ways)
    for path in modules():
        seen: set[tuple[Any, int]] = set()
        for name, pattern in _held(path):
            if (pattern.pattern, pattern.flags) not in seen:
                seen.add((pattern.pattern, pattern.flags))
                yield Expression(_place(path, name), pattern.pattern, pattern.flags, _ways(path, asked, name))
        yield from _given(path)


def _held(path: Path) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The compiled expressions of a module and of its classes, alone or in tuples, lists and dictionaries, by name."""
    module = importlib.import_module(
        ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
    )
    own = {id(value): (name, value) for name, value in vars(module).items() if name in _assigned(path)}
    for name, value in own.values():
        yield from _within(name, value)
    for one in vars(module).values():
        if isinstance(one, type) and one.__module__ == module.__name__:
            for name, value in vars(one).items():
                yield from _within(name, value)


def _within(name: str, value: Any) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | list | set | frozenset):
        for index, each in enumerate(value):
            yield from ((f"{found}[{index}]", pattern) for found, pattern in _within(name, each))
    elif isinstance(value, dict):
        for index, each in enumerate((*value, *value.values())):
            yield from ((f"{found}[{index}]", pattern) for found, pattern in _within(name, each))


@cache
def _assigned(path: Path) -> dict[str, int]:
    """The names that a file gives values to outside functions, and in which line."""
    found: dict[str, int] = {}
    for node in nodes_of(path):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found.update({target.id: node.lineno for target in targets if isinstance(target, ast.Name)})  # type: ignore[attr-defined]
    return found


def _place(path: Path, name: str) -> str:
    line = _assigned(path).get(name.split("[")[0], 1)
    return f"{path.relative_to(CHECKOUT)}:{line} {name}"


@cache
def _asked(path: Path) -> dict[str, set[str]]:
    """Which methods are called on each name in a file; "" when it is handed on otherwise."""
    within = {id(node.value): node.attr for node in nodes_of(path) if isinstance(node, ast.Attribute)}
    found: dict[str, set[str]] = {}
    for node in nodes_of(path):
        name = _name(node)
        if name:
            found.setdefault(name, set()).add(within.get(id(node), ""))
    return found


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _ways(path: Path, asked: dict[str, set[str]], name: str) -> tuple[str, ...]:
    """The methods an expression is asked with: a private one in its file, another anywhere. What is handed on is asked
    in every way that its file asks anything in; where that is nothing at all, in every way there is."""
    told = (_asked(path) if name.startswith("_") else asked).get(name, {""}) - {"pattern", "groups", "flags"}
    if not told <= set(METHODS):
        told = set().union(*_asked(path).values()) & set(METHODS)
    return tuple(sorted({SAME_WAY.get(way, way) for way in told})) or ALL_WAYS


def _given(path: Path) -> Iterator[Expression]:
    """What the functions of `re` are given in calls, and what is compiled inside functions."""
    for node in nodes_of(path):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        way = node.func.attr
        pattern = _text(node.args[0])
        if way in METHODS and pattern is not None:
            place = f"{path.relative_to(CHECKOUT)}:{node.lineno} re.{way}"
            yield Expression(place, pattern, 0, (SAME_WAY.get(way, way),))
        elif way == "compile" and pattern is not None and _inside_function(path, node):
            yield Expression(f"{path.relative_to(CHECKOUT)}:{node.lineno} re.compile", pattern, 0, ALL_WAYS)


def _text(node: ast.expr) -> Any:
    """A text that stands in the call; what is only known when it runs is a stand-in. None for a name or a call."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else STAND_IN for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left), _text(node.right)
        return (left or STAND_IN) + (right or STAND_IN)
    return None


def _inside_function(path: Path, call: ast.Call) -> bool:
    functions = (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(one.lineno <= call.lineno <= (one.end_lineno or 0) for one in functions)
