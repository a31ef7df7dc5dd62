"""What the rows of a table would do as things stand: three sides of each, what was taken out, what came back, and what
others wrote meanwhile."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Invalid
from consult.responses.answer_tables import cells, codes
from consult.responses.answer_tables.cells import Said, Say
from consult.responses.answer_tables.codes import RowCode
from consult.responses.answer_tables.rows import Row
from consult.responses.answer_tables.standing import Standing, standing, target
from consult.responses.answer_tables.words import SAVED, RowOutcome
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.drafting import checked
from consult.responses.answers.warnings.together import Proposed, warnings_of_many
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.models import ResponseVersion
from consult.responses.words import Disposition
from consult.shown import digest
from consult.submissions.comments import act_rules


@dataclass(frozen=True)
class PlannedRow:
    """What one row would do. `key` names it on the page, `numbers` are the comments it is for; `said` is what it says
    and `path` its place; `answer` stands now, of which `theirs` is what others wrote since it was taken out.
    `reworded`: a sender changed their words, or the answer is for other comments by now. `problem` is the code of what
    is wrong; `version` is other as soon as the row would do something else."""

    key: str
    row: Row
    outcome: RowOutcome
    numbers: tuple[int, ...] = ()
    said: Said = Said(None, "")
    path: str = ""
    answer: Answer | None = None
    theirs: ResponseVersion | None = None
    reworded: bool = False
    problem: str = ""
    warnings: tuple[str, ...] = ()
    version: str = ""

    @property
    def savable(self) -> bool:
        """Whether it becomes a version when it is chosen."""
        return self.outcome in SAVED

    @property
    def ready(self) -> bool:
        """Whether it is ticked until somebody takes the tick away; what it is warned of has a tick of its own."""
        return self.outcome in {RowOutcome.NEW, RowOutcome.CHANGED} and not self.reworded


@dataclass(frozen=True)
class Plan:
    """What every row of a table would do, in the order of the file."""

    rows: Sequence[PlannedRow]

    @property
    def counts(self) -> Counter[RowOutcome]:
        """How many rows do what."""
        return Counter(one.outcome for one in self.rows)

    def of(self, *outcomes: RowOutcome) -> list[PlannedRow]:
        """The rows with one of these outcomes."""
        return [one for one in self.rows if one.outcome in outcomes]


def plan_of(
    session: Session, consultation: Consultation, rows: Sequence[Row], chosen: Mapping[str, Disposition], say: Say
) -> Plan:
    """The plan for rows of this matter; `chosen` are results that somebody gave to rows (by key) whose own were not
    understood. In a fixed number of statements."""
    read = [(row, codes.read(consultation.id, row.code)) for row in rows]
    known = standing(session, consultation, [code for _row, code in read if code], say)
    planned = [_planned(row, code, known, chosen) for row, code in _together(read)]
    return Plan(_warned(session, consultation, _once(planned), known))


def _together(read: Iterable[tuple[Row, RowCode | None]]) -> list[tuple[Row, list[RowCode]]]:
    """Rows whose answers are one merged cell as one."""
    found: list[tuple[Row, list[RowCode]]] = []
    at: dict[str, int] = {}
    for row, code in read:
        if code and row.joined and row.joined in at:
            found[at[row.joined]][1].append(code)
            continue
        if code and row.joined:
            at[row.joined] = len(found)
        found.append((row, [code] if code else []))
    return found


def _planned(row: Row, asked: list[RowCode], known: Standing, chosen: Mapping[str, Disposition]) -> PlannedRow:
    key = "+".join(one.name for one in asked) or f"L{row.number}"
    said = cells.read(row.answer, row.result)
    if said.disposition is None and key in chosen:
        said = replace(said, disposition=chosen[key])
    one = PlannedRow(key, row, RowOutcome.UNKNOWN, said=said)
    if not asked:
        return one
    found = [target(code, known) for code in asked]
    if any(one_of is None for one_of in found):
        return one
    targets = [one_of for one_of in found if one_of is not None]
    answers = {one_of[1].response.id: one_of[1] for one_of in targets if one_of[1] is not None}
    numbers = tuple(sorted({number for one_of in targets for number in one_of[0]}))
    one = replace(one, numbers=numbers, reworded=any(one_of[2] for one_of in targets))
    if len(answers) > 1 or (answers and len(asked) > 1 and any(one_of[1] is None for one_of in targets)):
        return replace(one, outcome=RowOutcome.MIXED)
    answer = next(iter(answers.values()), None)
    return _compared(replace(one, answer=answer), asked[0], known)


def _compared(one: PlannedRow, code: RowCode, known: Standing) -> PlannedRow:
    """The three sides: what the row says against what stands now and what stood when it was taken out."""
    seen = _version(one.answer, code.version if code.kind == codes.ANSWER else 0)
    latest = one.answer.latest if one.answer else None
    if one.said.empty:
        return replace(one, outcome=RowOutcome.EMPTIED if seen else RowOutcome.EMPTY)
    now, before = _said(latest, known.places), _said(seen, known.places)
    if (now and cells.alike(one.said, now)) or (before and cells.alike(one.said, before)):
        return replace(one, outcome=RowOutcome.UNCHANGED)
    if latest is None or not one.answer:
        return _judged(replace(one, outcome=RowOutcome.NEW), known)
    if seen is None or seen.version != latest.version:
        return _judged(replace(one, outcome=RowOutcome.CONFLICT, theirs=latest), known)
    return _judged(replace(one, outcome=RowOutcome.CHANGED), known)


def _version(answer: Answer | None, number: int) -> ResponseVersion | None:
    return next((one for one in answer.versions if one.version == number), None) if answer else None


def _said(version: ResponseVersion | None, places: NamedPlaces) -> Said | None:
    """A wording as its cell has it: what begins with its own result is read as people write it."""
    if version is None:
        return None
    place = places.words_of(version.change_path) if version.change_path else ""
    return Said(version.disposition, version.text, version.change, place)


def _judged(one: PlannedRow, known: Standing) -> PlannedRow:
    """Whether what a row says can be saved."""
    left = _left(one, known)
    if left:
        return _versioned(replace(one, outcome=RowOutcome.NOT_ANSWERABLE, problem=left), known)
    if one.said.disposition is None:
        return _versioned(replace(one, outcome=RowOutcome.NO_RESULT), known)
    path = known.places.path_of(one.said.place) if one.said.place else ""
    try:
        checked(one.said.disposition, one.said.text, one.said.change, path)
    except Invalid as invalid:
        return replace(one, outcome=RowOutcome.WRONG, problem=next(iter(invalid.errors.values())))
    return _versioned(replace(one, path=path), known)


def _left(one: PlannedRow, known: Standing) -> str:
    """Why these comments cannot be answered: the code of the first rule that stands against it."""
    if one.answer and one.answer.publications:
        return ""
    states = [known.comments[number] for number in one.numbers]
    broken = (code for code, allows in act_rules.ANSWERED for state in states if not allows(state, known.consultation))
    return next(broken, "")


def _versioned(one: PlannedRow, known: Standing) -> PlannedRow:
    words = [(number, known.comments[number].version.version) for number in one.numbers]
    latest = one.answer.latest.hash if one.answer else ""
    kept = (one.row.answer, one.row.result, words, latest, one.problem)
    return replace(one, version=digest(*map(str, kept)))


def _once(planned: Sequence[PlannedRow]) -> list[PlannedRow]:
    """Rows that say two things of one comment or answer do nothing; what is said the same twice is said once."""
    by_name: dict[object, list[PlannedRow]] = {}
    for one in planned:
        for name in _names(one):
            by_name.setdefault(name, []).append(one)
    return [_beside(one, [other for name in _names(one) for other in by_name[name]]) for one in planned]


def _beside(one: PlannedRow, same: Sequence[PlannedRow]) -> PlannedRow:
    if not one.savable or all(other is one for other in same):
        return one
    if any(not cells.alike(one.said, other.said) or other.numbers != one.numbers for other in same):
        return replace(one, outcome=RowOutcome.TWICE)
    return one if same[0] is one else replace(one, outcome=RowOutcome.UNCHANGED)


def _names(one: PlannedRow) -> list[object]:
    if not one.savable and one.outcome is not RowOutcome.UNCHANGED:
        return []
    return [one.answer.response.id] if one.answer else list(one.numbers)


def _warned(
    session: Session, consultation: Consultation, planned: Sequence[PlannedRow], known: Standing
) -> list[PlannedRow]:
    asked = {one.key: _proposed(one, known) for one in planned if one.savable and one.said.disposition is not None}
    codes_of = dict(zip(asked, warnings_of_many(session, consultation, list(asked.values())), strict=True))
    return [replace(one, warnings=tuple(codes_of.get(one.key, ()))) if one.savable else one for one in planned]


def _proposed(one: PlannedRow, known: Standing) -> Proposed:
    said = one.said
    assert said.disposition is not None
    states = [known.comments[number] for number in one.numbers]
    own = one.answer.response.id if one.answer else None
    return Proposed(states, said.disposition, said.text, said.change, one.path, own)
