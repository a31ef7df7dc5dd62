"""The table of what is secured names tests that there are, and says of every chapter where it stands."""

import ast
import re

from tests.house.rooms import CHECKOUT

TABLE = (CHECKOUT / "docs" / "security.md").read_text(encoding="utf-8")
NGINX = (CHECKOUT / "deploy" / "nginx.conf.example").read_text(encoding="utf-8")
NAMED = re.compile(r"`([a-z_/0-9]+\.py)::(test_\w+)`")
STANDINGS = {"met", "in part", "**not met**", "does not apply"}


def rows() -> list[list[str]]:
    """The cells of every requirement."""
    found = re.findall(r"^\| (\d+\..*) \|$", TABLE, re.MULTILINE)
    return [[cell.strip() for cell in row.split(" | ")] for row in found]


def functions_of(file: str) -> set[str]:
    """The names of the tests in a file below `tests/`."""
    tree = ast.parse((CHECKOUT / "tests" / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_test_that_it_names_is_there() -> None:
    named = set(NAMED.findall(TABLE))
    assert len(named) > 90
    missing = [f"{file}::{name}" for file, name in sorted(named) if name not in functions_of(file)]
    assert not missing, missing


def test_each_row_says_where_it_stands_and_how() -> None:
    wrong = [row for row in rows() if len(row) < 4 or row[2] not in STANDINGS or not row[1]]
    assert not wrong, wrong
    assert {row[0].split(".")[0] for row in rows()} == {str(chapter) for chapter in range(1, 18)}


def test_what_is_said_to_be_met_is_shown_or_told() -> None:
    bare = [row[0] for row in rows() if row[2] == "met" and not row[3] and not NAMED.search(row[-1])]
    assert not bare, bare


def test_nginx_asks_for_tls_of_all_subdomains() -> None:
    said = re.findall(r'Strict-Transport-Security "max-age=(\d+); includeSubDomains" always', NGINX)
    assert said and all(int(seconds) >= 31_536_000 for seconds in said)
    assert len(said) == NGINX.count("Strict-Transport-Security")


def test_nginx_leads_to_the_numbers_at_one_address_alone() -> None:
    assert "location = /metrics {" in NGINX and "location = /en/metrics { return 404; }" in NGINX


def test_nginx_speaks_new_tls_alone() -> None:
    assert re.findall(r"ssl_protocols ([^;]+);", NGINX) == ["TLSv1.2 TLSv1.3"]
