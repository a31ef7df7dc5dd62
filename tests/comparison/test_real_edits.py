"""Real texts, edited on purpose: what became of every provision is known, and has to be found."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consult.comparison import compare
from consult.outline.entry import read_outline
from tests.comparison.edits import EDITS, Score, draft, finish, truth_of
from tests.comparison.larger_edits import LARGER_EDITS

pytestmark = [pytest.mark.real, pytest.mark.slow]

SPARE = "legal/49_2019_QH14_402073.docx"
# Which text, with how many seeds, each with how many edits.
TEXTS = [
    ("legal/24_2023_TT-BCA_m_559088.docx", 12, 12),
    ("legal/24_2023_TT-BCA_m_559088.docx", 6, 40),
    ("legal/168_2024_ND-CP_619502.docx", 3, 40),
    ("legal/08_2022_ND-CP_m_479457.docx", 1, 80),
    ("legal/versions/van-ban-hop-nhat-so-28-vbhn-vpqh-33444.txt", 3, 30),
    ("legal/text/nghi-dinh-so-134-2026-nd-cp-469388.txt", 3, 30),
    ("legal/nghi_dinh_03_2026_ND_CP.docx", 2, 40),
    ("../programme.txt", 20, 6),
    ("eia/BAO_CAO_DTM_Mekong.docx", 12, 12),
]


@cache
def provisions(path: Path) -> list[dict[str, Any]]:
    """The tree of a file, read once."""
    return read_outline(path.read_bytes(), path.name)["provisions"]


@pytest.mark.parametrize(("name", "seeds", "edits"), TEXTS)
def test_what_became_of_every_provision(samples: Path, name: str, seeds: int, edits: int) -> None:
    old, spare = provisions(samples / name), provisions(samples / SPARE)
    score, wrong = Score(), []
    for seed in range(seeds):
        made = draft(old, seed, spare)
        for _ in range(edits):
            made.chance.choice(EDITS)(made)
        new = finish(made)
        wrong += [(seed, *mistake) for mistake in score.count(truth_of(made), compare(old, new))]
    assert score.true["unchanged"] and score.true["renumbered"] and score.true["changed"]
    for kind in ("unchanged", "renumbered", "moved"):
        assert score.recall(kind) >= 0.995, wrong
    for kind in ("changed", "split", "merged"):
        assert score.recall(kind) >= 0.96, wrong
    assert score.precision >= 0.999, wrong


@pytest.mark.parametrize(
    ("name", "seeds", "edits"),
    [
        ("legal/24_2023_TT-BCA_m_559088.docx", 12, 15),
        ("legal/31_2024_QH15_523642.docx", 2, 40),
        ("legal/108_2025_QH15_675268.docx", 4, 20),
    ],
)
def test_what_became_of_articles_exchanged_made_two_or_one(samples: Path, name: str, seeds: int, edits: int) -> None:
    old, spare = provisions(samples / name), provisions(samples / SPARE)
    score, wrong = Score(), []
    for seed in range(seeds):
        made = draft(old, seed, spare)
        for _ in range(edits):
            made.chance.choice(LARGER_EDITS)(made)
        new = finish(made)
        wrong += [(seed, *mistake) for mistake in score.count(truth_of(made), compare(old, new))]
    assert score.true["split"] and score.true["merged"] and score.true["moved"]
    for kind in ("unchanged", "renumbered", "moved", "changed", "split", "merged"):
        assert score.recall(kind) >= 0.998, wrong
    assert score.precision >= 0.9995, wrong


def test_a_text_and_its_edit_tell_the_same_from_either_side(samples: Path) -> None:
    old, spare = provisions(samples / TEXTS[0][0]), provisions(samples / SPARE)
    made = draft(old, 1, spare)
    for _ in range(40):
        made.chance.choice(EDITS)(made)
    new = finish(made)
    there, back = compare(old, new), compare(new, old)
    other = {"split": "merged", "merged": "split"}
    assert {(m.new, m.old, other.get(m.kind, m.kind)) for m in there.matches} == {
        (m.old, m.new, m.kind) for m in back.matches
    }
    assert (there.added, there.removed) == (back.removed, back.added)
