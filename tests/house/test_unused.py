"""What nobody in the house uses is not kept: every public name of a module is named somewhere else, or here."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.house.rooms import CHECKOUT, HOUSE, tree_of

WAITING = {
    "consult.sandbox.walls.put_up": "the confined process finds the module by name, once the bare packages stand",
    "consult.sandbox.walls.set_limits": "the same",
    "consult.ledger.checkpoint.parse_verifier_key": "what a recipient reads; the library is theirs as well",
    "consult.ledger.merkle.root_of": "the library's own check, which others may use apart from us",
    "consult.ledger.merkle.verify_consistency": "the same",
}

ENTRY_POINTS = {"consult.create_app"}

# These register what they decorate: whoever looks for a page, a command or a handler finds it by that.
REGISTERS = re.compile(
    r"(route|get|post|command|handler|before_\w+|after_\w+|teardown\w*|\w*loader|listens_for|filter)$"
)


@cache
def _trees() -> dict[str, ast.Module]:
    """Every module of the house by its dotted name."""
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = tree_of(path)
    return found


def public_names(tree: ast.Module) -> Iterator[str]:
    """Functions, classes and constants that a module offers and that nothing registers."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [] if any(map(_registers, node.decorator_list)) else [node.name]
        elif isinstance(node, ast.Assign):
            names = [one.id for one in node.targets if isinstance(one, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


def _registers(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return bool(REGISTERS.search(ast.unparse(called)))


def used() -> set[str]:
    """Every dotted name of the house that is read in it: inside its module, imported by name, or asked of a module."""
    settings = {"config": ast.parse((CHECKOUT / "config.py").read_text(encoding="utf-8"))}
    return {name for module, tree in (_trees() | settings).items() for name in _read_in(module, tree)}


def _read_in(module: str, tree: ast.Module) -> Iterator[str]:
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            aliases |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    bases = {id(node.value) for node in attributes}
    yield from aliases.values()
    yield from (f"{aliases.get(ast.unparse(one.value))}.{one.attr}" for one in attributes)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield f"{module}.{node.id}"
            if id(node) not in bases and aliases.get(node.id) in _trees():
                # A module that is handed on as a value: any attribute that is asked for here may be asked of it.
                yield from (f"{aliases[node.id]}.{one.attr}" for one in attributes)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (name.replace(":", ".") for name in re.findall(r"\bconsult[.\w]*[.:]\w+", node.value))
            yield f"{module}.{node.value}"


def _texts(folder: str, *kinds: str) -> str:
    files = [path for path in (CHECKOUT / folder).rglob("*") if path.suffix in kinds]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_everything_public_is_used() -> None:
    known, outside = used() | ENTRY_POINTS, set(re.findall(r"\w+", _texts("migrations", ".py", ".mako")))
    offered = {f"{module}.{name}" for module, tree in _trees().items() for name in public_names(tree)}
    unused = {name for name in offered - known if name.rpartition(".")[2] not in outside}
    assert sorted(unused - WAITING.keys()) == []
    assert sorted(WAITING.keys() - unused) == [], "no longer waiting"


def test_every_relationship_is_read() -> None:
    declared = {
        f"{module}.{node.target.id}": node.target.id
        for module, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) in {"belongs_to", "has_many", "beside", "relationship"}
    }
    read = {
        node.attr for tree in _trees().values() for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    } | set(re.findall(r"\.(\w+)", _texts("templates", ".html", ".xml", ".txt")))
    assert sorted(name for name, attribute in declared.items() if attribute not in read) == []


def test_no_decorator_stands_twice() -> None:
    twice = [
        f"{name}.{node.name}"
        for name, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and len({ast.unparse(one) for one in node.decorator_list}) < len(node.decorator_list)
    ]
    assert not twice, "the second does nothing:\n" + "\n".join(twice)
