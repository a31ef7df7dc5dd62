"""Comments and answers in the archive, as pages: what is said on them is what the verifiers are given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from consult.archive.making import Making
from consult.archive.paging import Place, page_of, pages_for
from consult.exports.official_language import official

Told = Mapping[str, Any]
COMMENTS, ANSWERS = "y-kien", "tra-loi"
COMMENTS_ON_A_PAGE = 100
MOST_NAMED = 40
"""So many comments are named beside a clause; of more, how many there are."""
CITIZEN = "comment"


@dataclass
class CommentPages:
    """Writes `count` comments as they come, by their numbers; and notes where they stand."""

    making: Making
    count: int
    written: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[int, str] = field(default_factory=dict)
    answer_pages: int = 0
    at_clauses: dict[tuple[int, int, str], list[int]] = field(default_factory=dict)
    _waiting: list[Told] = field(default_factory=list)

    def take(self, comments: Sequence[Told]) -> None:
        """The next comments, as the API tells them."""
        for told in comments:
            self._note_answer(told)
            self._note_clause(told)
            self._waiting.append(told)
            if len(self._waiting) == COMMENTS_ON_A_PAGE:
                self._write_comments()

    def end(self) -> None:
        """What is left."""
        if self._waiting or not self.written:
            self._write_comments()
        self._write_answers(last=True)

    def _note_answer(self, told: Told) -> None:
        answer = told["answer"]
        if answer is None or answer["text"] is None or answer["response"] in self.answered:
            return
        if len(self.answers) == COMMENTS_ON_A_PAGE:
            self._write_answers(last=False)
        self.answered[answer["response"]] = page_of(len(self.answered) + 1, COMMENTS_ON_A_PAGE)
        self.answers.append({**answer, "links": list(self._links(answer["comments"]))})

    def _links(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        for number in numbers[:MOST_NAMED]:
            yield number, page_of(number, COMMENTS_ON_A_PAGE)

    def _note_clause(self, told: Told) -> None:
        anchor = told["moves"][-1]["anchor"] if told["moves"] else told["anchor"]
        if anchor is not None:
            place = anchor["path"] or f"p{anchor['page']}"
            self.at_clauses.setdefault((anchor["document"], anchor["revision"], place), []).append(told["number"])

    def _write_comments(self) -> None:
        self.written += 1
        where = Place(COMMENTS, self.written, pages_for(self.count, COMMENTS_ON_A_PAGE))
        shown = [_shown(told, self.answered) for told in self._waiting]
        self.making.page(where.name, "comments", comments=shown, where=where)
        self._waiting.clear()

    def _write_answers(self, last: bool) -> None:
        self.answer_pages += 1
        where = Place(ANSWERS, self.answer_pages, self.answer_pages + (0 if last else 1))
        self.making.page(where.name, "answers", answers=self.answers, where=where, most=MOST_NAMED)
        self.answers.clear()


def _shown(told: Told, answered: Mapping[int, str]) -> dict[str, Any]:
    """A comment with its words for codes; what is not public is not there."""
    said, answer, spoken = told["text"] or {}, told["answer"], told["transcript"] or {"value": {}}
    stance = said.get("stance")
    asked = "citizen_stance" if told["submission_kind"] == CITIZEN else "stance"
    return {
        **told,
        "said": said,
        "spoken": spoken["value"],
        "day": day_of(told["day"]),
        "stance": official(f"{asked}.{stance}") if stance else "",
        "label": told["moves"][-1]["label"] if told["moves"] else told["label"],
        "answer_page": answered.get(answer["response"], "") if answer else "",
    }


def day_of(day: str) -> str:
    """A day (YYYY-MM-DD) as people write it."""
    return f"{date.fromisoformat(day):%d/%m/%Y}"
