"""What a mail address is, is said in one place: nobody else takes one apart or compares it with a pattern."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import CHECKOUT, HOUSE, modules, nodes_of

RULE = HOUSE / "people" / "mail_addresses.py"
# The header of a message is made of what the rule takes; a contact with the sign is tried by it.
MAY_SEE_THE_SIGN = {
    "submissions/receiving/normalization.py": "tells a mail address from a telephone number, before the rule",
    "administration/site/mail_settings.py": "makes the address of the site, and asks the rule",
    "notices/sending/mail.py": "the same, for the header",
    "exports/plain/table_csv.py": "a formula of a spreadsheet",
}
TAKES_APART = {"partition", "rpartition", "split", "rsplit", "find", "index", "count"}
PARSERS = {"parseaddr", "getaddresses", "validate_email"}
ASKS = {
    "collections/branches/pasted.py",
    "collections/branches/service.py",
    "submissions/receiving/validation.py",
    "notices/following/followers.py",
    "submissions/receiving/normalization.py",
    "people/reach.py",
    "people/units.py",
    "administration/corrections.py",
    "administration/accounts/service.py",
    "administration/site/mail_settings.py",
}


def own_checks(path: Path) -> Iterator[str]:
    """Where a module looks for itself whether something is an address, or parses one."""
    for node in nodes_of(path):
        place = f"{path.relative_to(HOUSE).as_posix()}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            signs = [one for one in node.args if isinstance(one, ast.Constant) and one.value == "@"]
            if name in PARSERS or (name in TAKES_APART and signs):
                yield f"{place} {name}"
            pattern = node.args[0] if node.args and ast.unparse(node.func).startswith("re.") else None
            if pattern is not None and "@" in "".join(_strings(pattern)):
                yield f"{place} a pattern"
        elif isinstance(node, ast.Compare) and "@" in [one.value for one in ast.walk(node) if _is_text(one)]:
            yield f"{place} a comparison"


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _strings(node: ast.AST) -> Iterator[str]:
    yield from (str(one.value) for one in ast.walk(node) if isinstance(one, ast.Constant))


def test_nobody_else_says_what_an_address_is() -> None:
    found = [
        one
        for path in modules()
        if path != RULE and path.relative_to(HOUSE).as_posix() not in MAY_SEE_THE_SIGN
        for one in own_checks(path)
    ]
    assert not found, "\n".join(found)


def test_the_rule_itself_would_be_found() -> None:
    assert list(own_checks(RULE))


def test_whoever_takes_an_address_asks_the_rule() -> None:
    asking = {
        path.relative_to(HOUSE).as_posix()
        for path in modules()
        if path != RULE
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "mail_addresses.problem"
    }
    assert asking == ASKS


def test_no_page_has_a_pattern_of_its_own() -> None:
    found = [str(path) for path in (CHECKOUT / "templates").rglob("*.html") if " pattern=" in path.read_text("utf-8")]
    assert not found, found
