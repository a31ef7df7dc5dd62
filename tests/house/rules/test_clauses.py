"""A clause is its node, never its number: a path is looked up in the draft that it is of, and nowhere else.

Whoever follows a clause into another draft goes by the matches (`consultations/revisions/lineages.py`, `fates.py`,
`successors.py`), and whoever says a place in words names its draft (`submissions/anchors.py`).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import CHECKOUT, modules, tree_of

WITHIN_ONE_DRAFT = {
    "consultations/revisions/draft_paths.py": "the place for it: the draft is an argument",
    "consultations/revisions/fates.py": "what an address means, from every draft that has such a path",
    "submissions/receiving/anchor_resolution.py": "an anchor names its draft, or means the newest as it is received",
    "submissions/receiving/clause_wording.py": "the draft is a parameter of its statement",
    "reading/comments/quotes.py": "provisions of the very draft that the comment is on",
    "notices/following/subjects.py": "an address that names its draft",
    "responses/changes/causes.py": "of the draft that was public when the answer was written",
    "responses/changes/confirmed.py": "of the one draft that a person speaks of",
}
"""The only modules in which a statement compares the paths of provisions, and why each may."""

COUNTED_WITHIN_ONE_DRAFT = {
    "submissions/comments/listing.py": "of one revision",
    "submissions/comments/earlier_comments.py": "of one revision, those on its forebears",
    "responses/statistics/participation.py": "provision by provision, then put together by lineages",
}
"""The only modules that group by paths."""

WITHOUT_DRAFT = {
    "submissions/anchors.py": "reads addresses",
    "api/submissions.py": "a program that names no draft means the newest, as its description says",
}
"""The only modules that make an anchor of a path without a draft."""

NAMED_ELSEWHERE = {
    "submissions/anchors.py": "adds the draft",
    "responses/desk/typing/typed_places.py": "what an officer types for the newest draft",
    "reading/comments/views.py": "beside the draft that the sentence names",
    "reading/texts/views_changes.py": "beside either draft that is compared",
    "reading/texts/views_fate.py": "on a page of one draft",
    "reading/texts/views_provisions.py": "on a page of one draft",
    "reading/views_live.py": "on a page of one draft",
    "responses/desk/views_sources.py": "on a page of two drafts",
    "responses/redlines/views_carried.py": "on a page of one draft",
    "submissions/form/quotes.py": "what is chosen from is the newest draft alone",
    "search/views.py": "what was typed",
    "workspace/views_draft.py": "the parts of one provision",
    "collections/clause_list.py": "beside the words that name it, for a cell in which somebody typed none",
}
"""The only modules that say a path in words without its draft, and where the draft is said instead."""

COMPARING = {"in_", "not_in", "startswith", "like", "not_like", "ilike", "contains"}


def is_path(node: ast.AST) -> bool:
    """Whether this is the column `path` of a table, of a document's provisions or of comments."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "path"
        and isinstance(node.value, ast.Name)
        and node.value.id in {"Provision", "Comment"}
    )


def compared(tree: ast.AST) -> Iterator[int]:
    """The lines on which a path is compared in a statement, or joined by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(map(is_path, (node.left, *node.comparators))):
            empty = [one for one in node.comparators if isinstance(one, ast.Constant) and one.value == ""]
            yield from [] if empty else [node.lineno]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COMPARING:
            yield from [node.lineno] if is_path(node.func.value) else []


def called(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """The calls of a function or method of this name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name:
            yield node


def grouped(tree: ast.AST) -> Iterator[int]:
    """The lines on which rows are put together by paths."""
    for call in called(tree, "group_by"):
        if any(is_path(one) for one in call.args):
            yield call.lineno


def without_draft(tree: ast.AST) -> Iterator[int]:
    """The lines on which an anchor is made of a path alone."""
    for call in called(tree, "AnchorInput"):
        named = {one.arg for one in call.keywords}
        if "path" in named and "revision" not in named and len(call.args) < 2:
            yield call.lineno


def label_alone(tree: ast.AST) -> Iterator[int]:
    """The lines on which a path is said in words without its draft."""
    for call in called(tree, "label"):
        if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "anchors":
            yield call.lineno


def own(path: Path) -> str:
    """A module as the lists above name it."""
    return path.relative_to(CHECKOUT / "consult").as_posix()


def test_a_path_is_compared_within_its_own_draft() -> None:
    found = {own(path): list(compared(tree_of(path))) for path in modules()}
    wrong = [f"{name}:{line}" for name, lines in found.items() if name not in WITHIN_ONE_DRAFT for line in lines]
    assert not wrong, "\n".join(wrong)
    assert [name for name in WITHIN_ONE_DRAFT if not found[name]] == []


def test_nothing_is_counted_by_paths_across_drafts() -> None:
    found = {own(path): list(grouped(tree_of(path))) for path in modules()}
    wrong = [
        f"{name}:{line}" for name, lines in found.items() if name not in COUNTED_WITHIN_ONE_DRAFT for line in lines
    ]
    assert not wrong, "\n".join(wrong)


def test_an_anchor_names_its_draft() -> None:
    wrong = [
        f"{own(path)}:{line}"
        for path in modules()
        if own(path) not in WITHOUT_DRAFT
        for line in without_draft(tree_of(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_a_place_in_words_names_its_draft() -> None:
    wrong = [
        f"{own(path)}:{line}"
        for path in modules()
        if own(path) not in NAMED_ELSEWHERE
        for line in label_alone(tree_of(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_links_to_forms_and_lists_name_the_draft() -> None:
    """A link of the site never leads to `?tai=` and a bare path."""
    bare = re.compile(r"""(?:gop-y|y-kien)/\?tai=(?:['"] ~|\{\{) ?\w+\.path""")
    wrong = [
        f"{path.name}:{number}"
        for path in sorted((CHECKOUT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert not wrong, "\n".join(wrong)
