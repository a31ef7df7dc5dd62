"""Real texts with the edits of drafters all through them: no clause is taken for the heir of another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consult.comparison import compare
from consult.outline.addresses import assign_paths
from consult.outline.entry import read_outline
from tests.comparison import drafting
from tests.comparison.drafting import add_boilerplate, articles, numbers, renumber_references
from tests.comparison.edits import Draft, delete_article, draft, finish, insert_article, move_clause, truth_of
from tests.comparison.larger_edits import merge_articles, split_article
from tests.comparison.texts import Nodes

pytestmark = [pytest.mark.real, pytest.mark.slow]

SPARE = "legal/49_2019_QH14_402073.docx"
TEXTS = (
    "legal/24_2023_TT-BCA_m_559088.docx",
    "legal/108_2025_QH15_675268.docx",
    "legal/text/nghi-dinh-so-134-2026-nd-cp-469388.txt",
)
Edit = Callable[[Draft], None]
# What is done how often; every text ends many of its articles with the same clause.
EDITS: dict[str, tuple[tuple[Edit, int], ...]] = {
    "articles put in and taken out": ((insert_article, 4), (delete_article, 4)),
    "articles made one": ((merge_articles, 4),),
    "articles made two": ((split_article, 4),),
    "articles exchanged between chapters": ((drafting.swap_between_chapters, 4),),
    "clauses moved": ((move_clause, 6),),
    "points put in and lettered again": ((drafting.insert_point, 8),),
    "clauses made articles": ((drafting.clause_to_article, 4),),
    "reworded lightly and renumbered": ((insert_article, 3), (drafting.reword_lightly, 1)),
    "chapters renamed": ((insert_article, 1), (drafting.rename_chapters, 1)),
    "definitions sorted": ((drafting.sort_definitions, 1),),
    "articles repealed that keep their numbers": ((drafting.repeal, 5),),
    "tables sorted": ((drafting.sort_table, 6),),
}
ALL = tuple(edit for name, edits in EDITS.items() if "tables" not in name for edit in edits)


@cache
def _read(path: Path) -> Nodes:
    return read_outline(path.read_bytes(), path.name)["provisions"]


def _with_boilerplate(provisions: Nodes, spare: Nodes) -> Nodes:
    made = draft(provisions, 0, spare)
    add_boilerplate(made)
    assign_paths(made.provisions)
    return [node.to_json() for node in made.provisions]


def _edited(old: Nodes, edits: tuple[tuple[Edit, int], ...], seed: int, spare: Nodes) -> tuple[Nodes, Any]:
    """The next draft with its references renumbered, and what became of every provision."""
    made = draft(old, seed, spare)
    before = [(node.path, node.label) for node, _ in articles(made)]
    for edit, count in edits:
        for _ in range(count):
            edit(made)
    finish(made)
    renumber_references(made, numbers(before, made))
    new = finish(made)
    return new, truth_of(made)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("edits", EDITS.values(), ids=list(EDITS))
def test_nothing_is_taken_for_another_and_hardly_anything_is_missed(
    samples: Path, name: str, edits: tuple[tuple[Edit, int], ...]
) -> None:
    spare = _read(samples / SPARE)
    old = _with_boilerplate(_read(samples / name), spare)
    new, truth = _edited(old, edits, 1, spare)
    told = {(match.old, match.new) for match in compare(old, new).matches}
    assert told - truth.keys() == set()
    missed = sorted(truth.keys() - told)
    assert len(missed) <= 0.01 * len(truth), missed


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_taken_for_another_when_all_is_done_at_once(samples: Path, name: str) -> None:
    spare = _read(samples / SPARE)
    old = _with_boilerplate(_read(samples / name), spare)
    new, truth = _edited(old, ALL, 2, spare)
    told = {(match.old, match.new) for match in compare(old, new).matches}
    assert told - truth.keys() == set()
    assert len(truth.keys() - told) <= 0.02 * len(truth)
