"""Wordings for the clauses of a real law, as people propose them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from consult.outline.redlining.entry import CONFLICTS
from consult.outline.tree import Node, Outline
from consult.submissions.receiving.clause_wording import redline

KINDS = ("word", "more", "less", "line", "no_line", "begin", "end", "sentence", "two_lines", "mixed")


def lines_of(outline: Outline) -> list[list[Any]]:
    """The provisions as the redlines take them."""
    return [[n.path, n.kind, n.marker, n.marker_auto, n.heading, n.text] for n in outline.walk()]


def clause_words(lines: Sequence[Sequence[Any]], path: str) -> str:
    """What a provision says with all below it."""
    start = next(number for number, line in enumerate(lines) if line[0] == path)
    end = start + 1
    while end < len(lines) and lines[end][0].startswith(f"{path}."):
        end += 1
    said = [
        " ".join(part for part in (marker, heading, text) if part)
        for _, _, marker, _, heading, text in lines[start:end]
    ]
    return "\n".join(line for line in said if line)


def chosen(outline: Outline, count: int, seed: int = 1) -> list[Node]:
    """Clauses and points spread over the law, none inside another."""
    chance = random.Random(seed)
    nodes = [
        node
        for node in outline.walk()
        if node.kind in ("clause", "point")
        and ".q" not in node.path
        and node.path.startswith("d")
        and 60 < len(node.plain_text()) < 3000
        and all(inner.kind in ("clause", "point", "paragraph") for inner in node.walk())
    ]
    chance.shuffle(nodes)
    taken: list[Node] = []
    for node in nodes:
        if not any(
            f"{node.path}.".startswith(f"{one.path}.") or f"{one.path}.".startswith(f"{node.path}.") for one in taken
        ):
            taken.append(node)
    order = {node.path: number for number, node in enumerate(outline.walk())}
    return sorted(taken[:count], key=lambda node: order[node.path])


def proposed(words: str, kind: str, chance: random.Random) -> str:
    """Another wording of the same clause."""
    lines = words.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = " ".join(_line(lines[at].split(" "), kind, chance))
    if kind in ("line", "two_lines", "mixed"):
        lines.insert(at + 1, "x) Nội dung bổ sung theo góp ý;")
    if kind == "two_lines":
        lines.insert(at + 2, "y) Nội dung khác nữa.")
    if kind == "no_line" and len(lines) > 1:
        del lines[max(1, at)]
    if kind == "mixed":
        lines[0] = lines[0] + " Câu thêm ở cuối."
    return "\n".join(lines)


def _line(tokens: list[str], kind: str, chance: random.Random) -> list[str]:
    place = chance.randrange(1, max(2, len(tokens) - 1))
    changed = {
        "word": [*tokens[:place], "được sửa", *tokens[place + 1 :]],
        "more": [*tokens[:place], "cộng đồng dân cư và", *tokens[place:]],
        "less": [*tokens[:place], *tokens[place + 3 :]],
        "begin": [*tokens[:1], "Trừ trường hợp khác,", *tokens[2:]],
        "end": [*tokens[:-1], tokens[-1].rstrip(".;:") + " theo quy định;"],
        "sentence": [*tokens[: len(tokens) // 2], "phải lấy ý kiến của Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã."],
    }
    return changed.get(kind, tokens)


def wordings(outline: Outline, count: int, seed: int = 1) -> list[dict[str, Any]]:
    """So many wordings, each with what was said and is `proposed`."""
    chance, lines = random.Random(seed), lines_of(outline)
    made: list[dict[str, Any]] = []
    for number, node in enumerate(chosen(outline, count * 3, seed)):
        words = clause_words(lines, node.path)
        wanted = proposed(words, KINDS[number % len(KINDS)], chance)
        pieces = [[piece.op, piece.text] for piece in redline(words, wanted)]
        if pieces and len(made) < count:
            made.append({
                "path": node.path, "pieces": pieces, "author": f"Ý kiến {number} – UBND xã Yên Bình",
                "date": "2026-11-29T08:00:00Z", "remark": ["Có."], "apart": dict.fromkeys(CONFLICTS, ["Xung đột."]),
                "words": words, "proposed": wanted, "kind": KINDS[number % len(KINDS)],
            })  # fmt: skip
    return made
