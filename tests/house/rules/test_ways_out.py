"""Nothing of the house opens a line to another machine but `consult.outgoing`, which cuts every one in time."""

import ast

from tests.house.rooms import HOUSE, modules, tree_of

OPENS = frozenset(
    {"create_connection", "HTTPConnection", "HTTPSConnection", "SMTP", "SMTP_SSL", "LMTP", "urlopen", "open_connection"}
)
"""Functions and classes of the standard library that open a line when they are called."""
WHOLE = frozenset(
    {"urllib.request", "ftplib", "imaplib", "poplib", "asyncio", "requests", "httpx", "aiohttp", "urllib3", "boto3"}
)
"""Modules whose only use would be a line that no time ends."""
OWN = HOUSE / "outgoing" / "__init__.py"
BOUNDED_OTHERWISE = {
    "redis": "each answer has a quarter of a second, then it is left alone for a while (web/counters/shared.py)",
    "psycopg": "a server that is away is noticed by connect_timeout and keepalives (consult/db.py)",
}
"""Libraries that open their own lines, to servers of the site itself, and what ends them."""


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imported(node: ast.AST) -> set[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return {one.name for one in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return set()


def test_every_line_is_one_that_ends_in_time() -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in modules()
        if path != OWN
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Call) and called(node) in OPENS)
        or (isinstance(node, ast.Import | ast.ImportFrom) and imported(node) & WHOLE)
    ]
    assert not found, f"opens a line that nothing ends (use consult.outgoing): {found}"


def test_the_rule_sees_what_it_forbids() -> None:
    for said in ("import smtplib\nsmtplib.SMTP('a')", "from http.client import HTTPSConnection\nHTTPSConnection('a')"):
        assert any(isinstance(one, ast.Call) and called(one) in OPENS for one in ast.walk(ast.parse(said)))
    for said in ("from urllib import request", "import httpx", "from urllib.request import urlopen"):
        assert imported(ast.parse(said).body[0]) & WHOLE


def test_what_is_bounded_otherwise_is_still_there() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in modules())
    assert all(name in said for name in BOUNDED_OTHERWISE)
