"""The results of a survey, as they are frozen: by block and as a whole, by the units of today, by background, what was
answered without being drawn, and against earlier years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.programme.surveys.index import figures, scores, table
from consult.programme.surveys.index.blocks import Block, Place, grouped, joined_by
from consult.programme.surveys.index.estimates import differs
from consult.programme.surveys.index.figures import Answers
from consult.programme.surveys.index.table import ReadBlock
from consult.programme.surveys.questions.question import Question, questions_of, written
from consult.programme.surveys.words import QuestionKind

METHOD = 1
"""Which way of reckoning: a change of it is a change of this number."""
LEAST_OF_PEOPLE = 30
"""Of how many a group by background is told at least, however small a group of communes may be: every drawn answer
stands in the public table, and the mean of a few could be put together from its rows."""
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Gathered:
    """All that came: the communes drawn from, what their people said by the key of the commune, and what was said at
    meetings and online; the words of each commune and of each unit of today, and in which units a commune lies."""

    places: Sequence[Place]
    drawn: Mapping[str, Sequence[Said]]
    meeting: Sequence[Said]
    open: Sequence[Said]
    names: Mapping[str, str]
    ids: Mapping[str, str]
    units: Mapping[str, frozenset[str]]
    unit_names: Mapping[str, str]


@dataclass(frozen=True)
class Earlier:
    """An earlier year: its survey's number, what was frozen of it, and its table; in which units of today each of its
    communes lies, by id."""

    number: int
    year: int
    results: Mapping[str, Any]
    table: str
    units: Mapping[str, frozenset[str]]


def results_of(
    gathered: Gathered,
    blocks: Sequence[Block],
    text: str,
    questions: Sequence[Question],
    least: int,
    earlier: Sequence[Earlier] = (),
) -> dict[str, Any]:
    """Everything that will be public. Figures of places are reckoned from the public table `text` alone."""
    read = table.read(text, questions)
    answers = [one.answers for one in read]
    return {
        "method": METHOD, "least": least, "questions": written(questions),
        "total": figures.figures_of(answers, questions),
        "population": sum(one.population for one in answers),
        "blocks": [
            {"areas": _areas(block, gathered), "population": block.population,
             **figures.figures_of([own.answers], questions)}
            for block, own in zip(blocks, read, strict=True)
        ],
        "without": sorted(gathered.names[one.key] for one in gathered.places if not one.answers),
        "units": _units(gathered, blocks, read, questions),
        "background": _background(gathered, blocks, questions, least),
        "apart": {way: _apart(said, questions, least) for way, said in (("meeting", gathered.meeting),
                                                                        ("open", gathered.open))},
        "earlier": [_against(one, gathered, blocks, read, questions) for one in earlier],
    }  # fmt: skip


def marks_of(questions: Sequence[Question]) -> dict[str, str]:
    """The wording of each question that counts, by its name: years are compared where it is the same."""
    return {one.name: one.mark for one in questions if one.counted}


def _areas(block: Block, gathered: Gathered) -> list[dict[str, str]]:
    return [
        {"id": gathered.ids[one.key], "code": one.key, "name": gathered.names[one.key]}
        for one in sorted(block.places, key=lambda place: place.key)
    ]


def _units_of(block: Block, gathered: Gathered) -> frozenset[str]:
    return frozenset().union(*(gathered.units[one.key] for one in block.places))


def _units(
    gathered: Gathered, blocks: Sequence[Block], read: Sequence[ReadBlock], questions: Sequence[Question]
) -> list[dict[str, Any]]:
    """By the units of today, where communes became others: whole blocks that share a unit, told as one."""
    if all(gathered.units[one.key] == {gathered.ids[one.key]} for one in gathered.places):
        return []
    own = [_units_of(block, gathered) for block in blocks]
    found = []
    for places, _same in joined_by(own, own):
        units = frozenset().union(*(own[at] for at in places))
        names = sorted(gathered.unit_names[unit] for unit in units)
        found.append({"names": names, **figures.figures_of([read[at].answers for at in places], questions)})
    return sorted(found, key=lambda one: str(one["names"]))


def _background(
    gathered: Gathered, blocks: Sequence[Block], questions: Sequence[Question], least: int
) -> list[dict[str, Any]]:
    """The index by what people said of themselves, of the whole alone; groups of whom few have an index are put
    together."""
    all_said = [said for own in gathered.drawn.values() for said in own if scores.index_of(said, questions) is not None]
    found = []
    for one in questions:
        if one.kind is not QuestionKind.SELECT_ONE:
            continue
        codes = [code for code, _words in one.choices] + [""]
        counts = {code: sum(said.get(one.name, "") == code for said in all_said) for code in codes}
        rows = [
            _group(gathered, blocks, questions, one, group) for group in grouped(counts, max(least, LEAST_OF_PEOPLE))
        ]
        if rows:
            found.append({"name": one.name, "label": one.label, "groups": rows})
    return found


def _group(
    gathered: Gathered, blocks: Sequence[Block], questions: Sequence[Question], one: Question, group: Sequence[str]
) -> dict[str, Any]:
    answers = [
        Answers(block.population, [said for place in block.places for said in gathered.drawn[place.key]])
        for block in blocks
    ]
    own = figures.figures_of(answers, questions, lambda said: said.get(one.name, "") in group)
    words = dict(one.choices)
    return {"names": [words.get(code, "") for code in group], "n": own["n"], "index": own["index"]}


def _apart(said: Sequence[Said], questions: Sequence[Question], least: int) -> dict[str, Any]:
    """Of answers that nobody drew: how many, and what they say of the whole alone; nothing of a question to which few
    gave points, which is left out of the index too: the rest of it would tell those points."""
    enough = [one for one in questions if one.counted and _rated(said, one) >= least]
    if sum(scores.index_of(own, enough) is not None for own in said) < least:
        return {"n": len(said), "index": None, "questions": {}}
    told = figures.plain(said, enough)
    none = {one.name: {"mean": None, "share": None} for one in questions if one.counted}
    return {**told, "questions": {**none, **told["questions"]}}


def _rated(said: Sequence[Said], one: Question) -> int:
    """How many gave points to a question."""
    return sum(one.score(own.get(one.name)) is not None for own in said)


def _against(
    one: Earlier, gathered: Gathered, blocks: Sequence[Block], read: Sequence[ReadBlock], questions: Sequence[Question]
) -> dict[str, Any]:
    """An earlier year beside this one. Of another set of questions only the whole is told, as a break."""
    asked = questions_of(one.results["questions"])
    now, then = marks_of(questions), marks_of(asked)
    labels = {each.name: each.label for each in (*asked, *questions)}
    changed = sorted(labels[name] for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    told = {"number": one.number, "year": one.year, "same": not changed, "changed": changed,
            "index": one.results["total"]["index"], "least": one.results["least"]}  # fmt: skip
    return {**told, "units": [] if changed else _side_by_side(one, gathered, blocks, read, questions)}


def _side_by_side(
    one: Earlier, gathered: Gathered, blocks: Sequence[Block], read: Sequence[ReadBlock], questions: Sequence[Question]
) -> list[dict[str, Any]]:
    """Units of today of which both years have whole blocks, from both public tables."""
    own = [_units_of(block, gathered) for block in blocks]
    before = table.read(one.table, questions)
    others = [frozenset().union(*(one.units[area["id"]] for area in block["areas"])) for block in one.results["blocks"]]
    found = []
    for here, there in joined_by(own, others):
        names = {gathered.unit_names[unit] for at in here for unit in own[at]}
        now = figures.index_estimate([read[at].answers for at in here], questions)
        then = figures.index_estimate([before[at].answers for at in there], questions)
        if now is not None and then is not None:
            found.append({"names": sorted(names), "now": f"{now.value:.1f}", "then": f"{then.value:.1f}",
                          "differs": differs(now, then)})  # fmt: skip
    return sorted(found, key=lambda row: str(row["names"]))
