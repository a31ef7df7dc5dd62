"""The table without persons: the drawn answers to the questions that count, by block, from which everybody can reckon
the figures again. It says nothing else of who answered: no commune that has few answers, no day, no background."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from consult.programme.surveys.index.blocks import Block
from consult.programme.surveys.index.figures import Answers
from consult.programme.surveys.questions.question import Question

OWN = ("block", "communes", "population", "weight")
MARK = "\ufeff"


@dataclass(frozen=True)
class ReadBlock:
    """A block as the table has it: its communes by key, and its answers."""

    keys: tuple[str, ...]
    answers: Answers


def written(
    blocks: Sequence[Block],
    names: Mapping[str, str],
    said: Mapping[str, Sequence[Mapping[str, Any]]],
    questions: Sequence[Question],
) -> str:
    """The table as CSV. `names` has the words of a commune by its key, `said` its answers. Rows of a block stand in an
    order that only what they say tells."""
    counted = [one.name for one in questions if one.counted]
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*OWN, *counted])
    for number, block in enumerate(blocks, 1):
        communes = "; ".join(f"{place.key} {names[place.key]}" for place in block.places)
        own = [str(number), communes, str(block.population), f"{block.population / block.answers:.6f}"]
        rows = [[str(one.get(name, "")) for name in counted] for place in block.places for one in said[place.key]]
        writer.writerows([*own, *row] for row in sorted(rows))
    return MARK + text.getvalue()


def read(table: str, questions: Sequence[Question]) -> list[ReadBlock]:
    """The blocks of a table with their answers."""
    by_name = {one.name: one for one in questions}
    rows = list(csv.DictReader(StringIO(table.removeprefix(MARK), newline="")))
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row["block"], []).append(row)
    return [_block(own, by_name) for own in found.values()]


def _block(rows: Sequence[Mapping[str, str]], by_name: Mapping[str, Question]) -> ReadBlock:
    keys = tuple(part.partition(" ")[0] for part in rows[0]["communes"].split("; "))
    said = [{name: row[name] for name in by_name if row.get(name)} for row in rows]
    return ReadBlock(keys, Answers(int(rows[0]["population"]), said))
