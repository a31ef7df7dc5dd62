"""The published documents in the archive: the files as they are, and their text as pages, with the comments on each
clause beside it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consult.api.saved_answers import SavedAnswers
from consult.archive.comment_pages import COMMENTS_ON_A_PAGE, MOST_NAMED
from consult.archive.making import Making
from consult.archive.paging import page_of
from consult.consultations.preparation import ledger_facts
from consult.files.archive import safe_name

FILES, TEXTS = "tep", "du-thao"
Clauses = Mapping[tuple[int, int, str], Sequence[int]]


def write_drafts(making: Making, answers: SavedAnswers, at_clauses: Clauses) -> list[dict[str, Any]]:
    """Every revision of every document that was public; gives what is listed of them. Raises DamagedFile."""
    files = {
        (document.number, revision.number): f"{FILES}/{document.number}-{revision.number}-"
        + safe_name(revision.file_name)
        for document, revision in ledger_facts.public_revisions(making.session, making.consultation)
    }
    listed = []
    for told in answers.revisions(files):
        key = (told["document"], told["revision"])
        with making.tools.files.opened(told["sha256"]) as file:
            making.parts.copy(files[key], file)
        page = f"{TEXTS}/{key[0]}-{key[1]}.html"
        lines = list(_lines(told["provisions"], key, at_clauses, 0))
        sheets = [{**one, "comments": _named(at_clauses, (*key, f"p{one['number']}"))} for one in told["pages"]]
        making.page(page, "draft", told=told, lines=lines, sheets=sheets, file=files[key])
        listed.append({**told, "page": page, "file": files[key]})
    return listed


def _lines(
    nodes: Sequence[Mapping[str, Any]], key: tuple[int, int], at_clauses: Clauses, depth: int
) -> Iterator[dict[str, Any]]:
    for node in nodes:
        shown = {name: node[name] for name in ("path", "kind", "marker", "heading", "text")}
        yield {**shown, "rows": node.get("rows"), "depth": depth, "comments": _named(at_clauses, (*key, node["path"]))}
        yield from _lines(node["children"], key, at_clauses, depth + 1)


def _named(at_clauses: Clauses, place: tuple[int, int, str]) -> dict[str, Any]:
    numbers = at_clauses.get(place, ())
    links = [(number, page_of(number, COMMENTS_ON_A_PAGE)) for number in numbers[:MOST_NAMED]]
    return {"count": len(numbers), "links": links}
