"""The filters of the desk's list as an address has them."""

from collections.abc import Iterable
from datetime import date

from werkzeug.datastructures import MultiDict

from consult.consultations.matter.internal_terms import Step
from consult.responses.desk.listing.case_filters import NO_DRAFT, OUTDATED, CaseFilters
from consult.responses.desk.listing.counted_filters import NO_STANCE, CountedFilters
from consult.responses.statistics import bodies
from consult.responses.words import AnswerState, Disposition
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.comments.visible import UNCHECKED
from consult.submissions.words import Stance, SubmissionKind, Topic
from consult.text import one_line

Form = MultiDict[str, str]
FILTERS = ("outcome", "visibility", "kind", "unit", "mine", "path", "overdue", "q", "topic", "sort", "draft", "by_me",
           "soon", "person", "unheard", "tag", "handed", "step", "day", "until", "stance", "disposition", "body", "at",
           "late_answer", "theme", "final")  # fmt: skip
DRAFTS = (NO_DRAFT, OUTDATED, *AnswerState)
YEARS = range(2000, 2200)
STANCES = (*Stance, NO_STANCE)
KINDS = (*SubmissionKind, "organisation", "citizen")


def filters(typed: Form) -> CaseFilters:
    """What the list is narrowed by; what is no filter is ignored."""
    return CaseFilters(
        outcome=_known(typed, "outcome", Outcome),
        visibility=_known(typed, "visibility", (*Visibility, UNCHECKED)),
        kind=_known(typed, "kind", KINDS),
        unit=typed.get("unit", ""),
        mine=bool(typed.get("mine")),
        path=one_line(typed.get("path", "")),
        overdue=bool(typed.get("overdue")),
        words=one_line(typed.get("q", ""))[:200],
        topic=_known(typed, "topic", Topic),
        by_joiners=typed.get("sort") == "joiners",
        draft=_known(typed, "draft", DRAFTS),
        by_me=bool(typed.get("by_me")),
        soon=bool(typed.get("soon")),
        person=typed.get("person", ""),
        unheard=bool(typed.get("unheard")),
        tag=_number(typed.get("tag", "")),
        handed=bool(typed.get("handed")),
        step=_known(typed, "step", Step),
        page=_number(typed.get("page", "")) or 1,
        counted=_counted(typed),
    )


def _counted(typed: Form) -> CountedFilters:
    return CountedFilters(
        day=day(typed.get("day", "")),
        until=day(typed.get("until", "")),
        stance=_known(typed, "stance", STANCES),
        disposition=_known(typed, "disposition", Disposition),
        body=_known(typed, "body", bodies.codes()),
        at=one_line(typed.get("at", ""))[:400],
        late_answer=bool(typed.get("late_answer")),
        theme=_number(typed.get("theme", "")),
        final=bool(typed.get("final")),
    )


def narrowed(typed: Form) -> dict[str, str]:
    """The filters of an address by their names there, for the way back to the same list; nothing else that stood in
    it gets into a link."""
    return {name: typed[name] for name in FILTERS if typed.get(name)}


def _known(typed: Form, name: str, words: Iterable[str]) -> str:
    return next((str(word) for word in words if word == typed.get(name)), "")


def day(text: str) -> date | None:
    """A day as forms and addresses write it; None for anything else."""
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found is not None and found.year in YEARS else None


def _number(text: str) -> int:
    """A number from 1 on; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else 0
