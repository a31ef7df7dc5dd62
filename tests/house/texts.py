"""What the interface says: the sentences that templates and codes need, and the catalogues they are looked up in."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.house.rooms import CHECKOUT, HOUSE, modules, nodes_of, tree_of

TEMPLATES = CHECKOUT / "templates"
OPTIONS = {"trimmed": "true", "newstyle_gettext": "true"}
SAY_WHOLE = re.compile(r"""\bsay\(\s*['"]([a-z_]+\.[a-z_0-9.]+)['"]\s*[,)]""")
SAY_PREFIX = re.compile(r"""\bsay\(\s*['"]([a-z_]+)\.['"]\s*~""")


def templates() -> list[Path]:
    """Every template of the site."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


@cache
def catalogue(language: str) -> dict[str, str]:
    """Everything `language` can say: message to sentence; a plural counts once, with its last form."""
    sentences: dict[str, str] = {}
    for path in sorted((HOUSE / "translations" / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if message.id and not message.fuzzy:
                    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
                    sentences[ids[0]] = str(forms[-1]) if all(forms) else ""
    return sentences


@cache
def extracted() -> list[tuple[str, tuple[str, ...]]]:
    """Place and Vietnamese source text of every `_('…')` and `{% trans %}` of the templates; of what counts something
    also the text of many."""
    found = []
    for path in templates():
        with path.open("rb") as file:
            for line, message, _comments, _context in extract("jinja2.ext:babel_extract", file, options=OPTIONS):
                texts = tuple(message) if isinstance(message, tuple | list) else (message,)
                found.append((f"{path.relative_to(CHECKOUT)}:{line}", texts))
    return found


def template_messages() -> Iterator[tuple[str, str]]:
    """Place and Vietnamese source text of everything that templates say."""
    yield from ((place, texts[0]) for place, texts in extracted())


def codes() -> Iterator[tuple[str, str]]:
    """Place and code of every sentence that code and templates look up: reasons, errors, words of the house."""
    for path in modules():
        place = str(path.relative_to(CHECKOUT))
        yield from ((f"{place}:{line}", code) for line, code in _raised(path))
    yield from (("consult/policy", f"reason.{reason}") for reason in _reasons_of_policy())
    words = enumerations()
    for path in templates():
        text, place = path.read_text(encoding="utf-8"), str(path.relative_to(CHECKOUT))
        yield from ((place, code) for code in SAY_WHOLE.findall(text))
        for prefix in SAY_PREFIX.findall(text):
            yield from ((place, f"{prefix}.{value}") for value in words.get(prefix, ()))


def _raised(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes_of(path):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        if node.func.id == "Refused":
            yield from ((node.lineno, f"reason.{reason}") for reason in strings(node.args[0]))
        if node.func.id == "Invalid" and isinstance(node.args[0], ast.Dict):
            yield from ((node.lineno, f"error.{code}") for value in node.args[0].values for code in strings(value))


def strings(node: ast.expr) -> list[str]:
    """The codes an expression can be: a constant, or either branch of a condition."""
    if isinstance(node, ast.IfExp):
        return strings(node.body) + strings(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _reasons_of_policy() -> set[str]:
    nodes = [node for path in (HOUSE / "policy").glob("*.py") for node in nodes_of(path)]
    returned = [node.value for node in nodes if isinstance(node, ast.Return) and node.value]
    tables = [
        value
        for node in nodes
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Dict)
        and "REASONS" in ast.unparse(node.targets[0])
        for value in node.value.values
    ]
    # What does not exist for somebody is answered by a page of its own, not by a reason.
    return {reason for node in returned + tables for reason in strings(node)} - {"not_found", "not_your_body"}


@cache
def enumerations() -> dict[str, list[str]]:
    """The values of every StrEnum of the house, by its name in snake case and by that name's last word."""
    found: dict[str, list[str]] = {}
    for path in modules():
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "StrEnum" for base in node.bases):
                values = [value for line in node.body if isinstance(line, ast.Assign) for value in strings(line.value)]
                name = re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower()
                found[name] = values
    return found
