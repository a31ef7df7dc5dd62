"""The forms of a survey and of its papers, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.programme.facts import day
from consult.programme.forms import Form, days
from consult.programme.surveys.entering.paper import Paper
from consult.programme.surveys.models import Survey
from consult.programme.surveys.planning import USUAL_LEAST, NewSurvey
from consult.programme.surveys.questions.question import Question
from consult.programme.surveys.words import QuestionKind, Way
from consult.text import one_line

LINES = 10
"""Papers that are typed on one page."""
NEW: Mapping[str, str] = {"least": str(USUAL_LEAST)}


@dataclass(frozen=True)
class TypedPapers:
    """The papers of a page, with the line in which each was typed."""

    papers: tuple[Paper, ...]
    lines: tuple[int, ...]

    def placed(self, errors: Mapping[str, str]) -> dict[str, str]:
        """What is wrong, by the names of the fields: `errors` names each paper by its place among them."""
        found = {}
        for place, code in errors.items():
            index, dot, name = place.partition(".")
            found[f"{name}.{self.lines[int(index)]}" if dot else place] = code
        return found


def survey(form: Form) -> NewSurvey:
    """A survey as typed. Raises Invalid for what is no day."""
    found = days(form, "starts_on", "ends_on")
    return NewSurvey(
        form.get("title", ""), _number(form, "year"), found["starts_on"], found["ends_on"], _number(form, "least")
    )


def typed(one: Survey) -> Mapping[str, str]:
    """The same the other way round."""
    return {
        "title": one.title, "year": str(one.year), "starts_on": day(one.starts_on), "ends_on": day(one.ends_on),
        "least": str(one.least),
    }  # fmt: skip


def way(form: Form) -> Way:
    """Whether papers are of people who were drawn, or of whoever came to a meeting; the former unless it is said."""
    return Way.MEETING if form.get("way") == Way.MEETING else Way.DRAWN


def papers(form: Form, questions: Sequence[Question]) -> TypedPapers:
    """The lines in which something was ticked: a number that stands there by itself is no paper yet."""
    found, lines = [], []
    for line in range(1, LINES + 1):
        said = {one.name: form.get(f"{one.name}.{line}", "") for one in questions}
        if any(words.strip() for words in said.values()):
            found.append(Paper(form.get(f"sheet.{line}", ""), said))
            lines.append(line)
    return TypedPapers(tuple(found), tuple(lines))


def answers(form: Form, questions: Sequence[Question]) -> dict[str, str]:
    """What somebody ticked online."""
    return {
        one.name: " ".join(form.getlist(one.name)) if one.kind is QuestionKind.SELECT_MULTIPLE
        else form.get(one.name, "")
        for one in questions
    }  # fmt: skip


def _number(form: Form, name: str) -> int | None:
    words = one_line(form.get(name, ""))
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else None
