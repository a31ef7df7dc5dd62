"""Who may read a comment and what may be done to it is said in one place each; nobody else compares its state."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import CHECKOUT, modules, nodes_of

ASKED = {
    "Disclosure": ({"AT_ONCE", "ON_RELEASE", "WITH_ANSWERS"}, {"submissions/disclosure.py"}),
    # What is set apart, and what of that is told outside.
    "Visibility": (
        {"QUARANTINED", "IN_CHECK"},
        {
            "submissions/comments/visible.py",
            "submissions/comments/outcome.py",
            "submissions/comments/standing.py",
            "submissions/disclosure.py",
        },
    ),
    "Outcome": ({"PASSED_ON"}, {"submissions/comments/visible.py", "submissions/comments/outcome.py"}),
    "CommentActKind": (
        {"PASSED_ON", "QUARANTINED", "INVALID"},
        # The last two by what each writes into the log, and checks there.
        {
            "submissions/comments/outcome.py",
            "submissions/comments/standing.py",
            "submissions/comments/visible.py",
            "submissions/acts/decisions.py",
            "transparency/verification/acts.py",
        },
    ),
}
"""By kind of thing: the words that are compared, and the only modules that compare them."""

TEMPLATES = CHECKOUT / "templates"
PERMISSION = re.compile(r"""['"](quarantined|passed_on|in_check|with_answers|at_once|on_release)['"]""")
COMPARED = re.compile(r"""(?:==|!=|\bin)\s*\(?\s*['"]""")
STATE = re.compile(r"\b(visibility|outcome|disclosure)\b\s*(?:==|!=|not in|in)\s*")


def compared(path: Path) -> Iterator[tuple[str, str]]:
    """Members of the kinds above that stand in a comparison of this module."""
    for node in nodes_of(path):
        if isinstance(node, ast.Compare):
            for one in ast.walk(node):
                if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in ASKED:
                    yield one.value.id, one.attr


def test_a_rule_on_what_may_be_read_stands_in_one_place() -> None:
    wrong = []
    for path in modules():
        own = path.relative_to(CHECKOUT / "consult").as_posix()
        for kind, word in compared(path):
            words, allowed = ASKED[kind]
            if word in words and own not in allowed:
                wrong.append(f"{own}: {kind}.{word}")
    assert not wrong, "\n".join(wrong)


def test_no_template_decides_who_may_read_or_do_what() -> None:
    """A template asks a flag, or whether a kind of act is among those that are possible."""
    wrong = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for found in re.finditer(r"\{[%{].*?[%}]\}", line):
                said = found.group()
                if STATE.search(said) and PERMISSION.search(said) and COMPARED.search(said):
                    wrong.append(f"{path.relative_to(TEMPLATES)}:{number}: {said}")
    assert not wrong, "\n".join(wrong)


def test_the_forms_of_the_desk_ask_what_is_possible() -> None:
    """On the page where acts are offered, nothing is read from what a comment is."""
    for name in ("comment_acts", "comment_answer", "split", "propose"):
        text = (TEMPLATES / f"responses/desk/comment/{name}.html").read_text("utf-8")
        assert not STATE.search(text), name


PLACES = {"provision_id", "page_id", "revision_id", "document_id", "path"}
READS_EARLIER_PLACES = {
    "models.py",
    "submissions/place_models.py",
    "submissions/comments/places.py",
    "submissions/acts/moving.py",
    # Who holds the rows against the log.
    "transparency/verification/places.py",
    "transparency/verification/sent_rows.py",
}
"""Where a comment stood before it was moved. Where it stands everybody reads in its own columns."""


def test_where_a_comment_stood_is_read_in_one_place() -> None:
    wrong = []
    for path in modules():
        own = path.relative_to(CHECKOUT / "consult").as_posix()
        named = {node.id for node in nodes_of(path) if isinstance(node, ast.Name)}
        named |= {
            name for node in nodes_of(path) if isinstance(node, ast.ImportFrom)
            for name in [node.module or "", *(one.name for one in node.names)]
        }  # fmt: skip
        earlier = any("place_models" in name or name == "CommentPlace" for name in named)
        if earlier and own not in READS_EARLIER_PLACES:
            wrong.append(own)
    assert not wrong, "ask submissions/comments/places.py: " + ", ".join(wrong)


def test_nobody_else_moves_a_comment() -> None:
    """The columns that say where a comment stands are written when it is received, and by the act that keeps where it
    stood."""
    wrong = []
    for path in modules():
        for node in nodes_of(path):
            targets = node.targets if isinstance(node, ast.Assign) else []
            named = [one for one in targets if isinstance(one, ast.Attribute) and one.attr in PLACES]
            owners = {one.value.id if isinstance(one.value, ast.Name) else "" for one in named}
            owners |= {one.value.attr for one in named if isinstance(one.value, ast.Attribute)}
            if owners & {"comment", "whole", "part"}:
                wrong.append(f"{path.relative_to(CHECKOUT)}:{node.lineno}")
    assert not wrong, "\n".join(wrong)
