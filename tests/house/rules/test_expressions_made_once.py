"""A condition or column that hangs on nothing is the same each time: it is made once.

SQLAlchemy compiles a statement once and keeps it, but whatever a statement is put together from was made anew for
every page: a third of the processor that a page of the desk took.
"""

import ast

from sqlalchemy import inspect

from consult.relationships import under_name
from consult.submissions.models import Comment
from tests.house.rooms import CHECKOUT, tree_of

KINDS = ("ColumnElement", "Select", "CompoundSelect")


def _made_anew(function: ast.stmt) -> bool:
    if not isinstance(function, ast.FunctionDef) or function.returns is None:
        return False
    given = function.args
    takes = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    gives = ast.unparse(function.returns).split("[")[0]
    once = "cache" in {ast.unparse(one) for one in function.decorator_list}
    return gives in KINDS and not any(takes) and not once


def test_what_hangs_on_nothing_is_made_once() -> None:
    sources = sorted((CHECKOUT / "consult").rglob("*.py"))
    found = {path: tree_of(path).body for path in sources}
    assert sum(len(body) for body in found.values()) > 1000
    wrong = [
        f"{path.relative_to(CHECKOUT)}:{function.lineno}"
        for path, body in found.items()
        for function in body
        if _made_anew(function)
    ]
    assert wrong == []


def test_a_table_under_a_name_of_a_whole_module_is_ready_when_it_is_imported() -> None:
    """Two threads that put their first statements together would share it half noted (`relationships.under_name`)."""
    sources = sorted((CHECKOUT / "consult").rglob("*.py"))
    assigned = [(path, node) for path in sources for node in tree_of(path).body if isinstance(node, ast.Assign)]
    calls = [(path, node, ast.unparse(node.value.func)) for path, node in assigned if isinstance(node.value, ast.Call)]
    assert sum(called == "under_name" for _, _, called in calls) > 5
    wrong = [f"{path.relative_to(CHECKOUT)}:{node.lineno}" for path, node, called in calls if called == "aliased"]
    assert wrong == []


def test_its_columns_are_known_before_anybody_asks() -> None:
    found = inspect(under_name(Comment, "another")).selectable
    assert found.c._proxy_index
    assert found.corresponding_column(Comment.__table__.c.provision_id) is found.c.provision_id
