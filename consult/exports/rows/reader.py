"""The lines of the table, read a few hundred at a time: a large matter takes no more memory than a small one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.models import Consultation
from consult.exports.cell_texts import Say
from consult.exports.changed_places import NOWHERE, ChangedPlaces
from consult.exports.lines import TableLine
from consult.exports.rows import facts
from consult.exports.rows.order import GENERAL, OTHER, OrderedComment
from consult.people.models import Organisation
from consult.responses.answers import handing_over
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.referrals import found as referrals
from consult.responses.second_words.told import second_words
from consult.submissions.anchors import draft_of, label_of
from consult.submissions.comments import visible
from consult.submissions.comments.listing import Filter, public_comments
from consult.submissions.comments.outcome import READABLE, Outcome
from consult.submissions.comments.places import steps_of
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind

BATCH = 200


def lines(
    session: Session,
    consultation: Consultation,
    entries: Sequence[OrderedComment],
    say: Say,
    everything: Sequence[OrderedComment] = (),
) -> Iterator[TableLine]:
    """A line for each entry, in their order; ten statements at most for every BATCH.

    `everything` are all entries of the matter, by which split comments and their parts name each other.
    """
    numbers = {entry.id: entry.number for entry in everything}
    parts: dict[UUID, list[int]] = {}
    for entry in everything:
        if entry.split_from_id is not None:
            parts.setdefault(entry.split_from_id, []).append(entry.number)
    reader = _Reader(session, consultation, say, numbers, parts)
    for start in range(0, len(entries), BATCH):
        yield from reader.read(entries[start : start + BATCH])


class _Reader:
    """What every batch needs to know."""

    def __init__(
        self,
        session: Session,
        consultation: Consultation,
        say: Say,
        numbers: dict[UUID, int],
        parts: dict[UUID, list[int]],
    ) -> None:
        self.session, self.consultation, self.say = session, consultation, say
        self.numbers, self.parts = numbers, parts
        self.changed = ChangedPlaces(session, consultation, say)
        table = (consultation.profile_rules or {})["table"]
        self.first_group, self.last_group = table.get("first_group", ""), table.get("last_group", "")

    def read(self, entries: Sequence[OrderedComment]) -> Iterator[TableLine]:
        """The lines of one batch."""
        wanted = Filter(numbers=tuple(entry.number for entry in entries))
        comments = {one.id: one for one in public_comments(self.session, self.consultation, wanted, limit=None)}
        answers = published_answers(
            self.session, self.consultation, [entry.id for entry in entries if entry.response_id is not None]
        )
        private = [comment_id for comment_id, answer in answers.items() if answer.text is None]
        reached = handing_over.handed_over(self.session, self.consultation, private) if private else set()
        words = self._words(entries, comments)
        passed = referrals.public_ways(self.session, self.consultation.id, answers)
        letters = self._letters([one.id for one in comments.values() if one.organisation or one.sender])
        invalid = [entry.id for entry in entries if entry.outcome is Outcome.INVALID]
        reasons = visible.reasons_of_invalid(self.session, self.consultation.id, invalid)
        changed = self.changed.of(answers.values())
        moved = self._moved(comments)
        for entry in entries:
            line = self._line(entry, comments[entry.id], answers.get(entry.id), reasons.get(entry.id, ""))
            revision, place = changed.get(line.response or 0, NOWHERE)
            yield replace(
                line, handed_over=entry.id in reached, change_revision=revision, change_place=place,
                passed_on=tuple(map(facts.way, passed.get(entry.id, ()))), **letters.get(entry.id, {}),
                **words.get(entry.id, {}), **moved.get(entry.id, {}),
            )  # fmt: skip

    def _line(
        self, entry: OrderedComment, one: PublicComment, answer: PublishedAnswer | None, reason: str
    ) -> TableLine:
        place, subject = self._place(entry, one)
        return TableLine(
            group=entry.group,
            block=entry.block,
            copy=entry.copy,
            place=place,
            subject=subject,
            draft=draft_of(one, self.say),
            outcome=visible.outcome_code(entry.outcome),
            outcome_reason=reason,
            part_of=self.numbers.get(entry.split_from_id) if entry.split_from_id else None,
            parts=tuple(self.parts.get(entry.id, ())),
            **facts.received(one),
            **(facts.answered(answer) if answer else {}),
        )

    def _place(self, entry: OrderedComment, one: PublicComment) -> tuple[str, str]:
        """The words of the first column: the group or clause, and what it is about."""
        words = label_of(one, self.say)
        if entry.section == GENERAL and self.first_group and not one.critique_part:
            return self.first_group, ""
        if entry.section == OTHER and self.last_group:
            return self.last_group, words
        return words, entry.heading

    def _words(
        self, entries: Sequence[OrderedComment], comments: Mapping[UUID, PublicComment]
    ) -> dict[UUID, dict[str, Any]]:
        """What bodies say of the answers to their letters, where the comment may be read."""
        sent = [comments[entry.id] for entry in entries if entry.response_id is not None]
        ids = [
            one.id
            for one in sent
            if one.kind is not SubmissionKind.COMMENT and one.visibility in READABLE and not one.left
        ]
        found = second_words(self.session, self.consultation.id, ids) if ids else {}
        return {comment_id: facts.word(word) for comment_id, word in found.items()}

    def _moved(self, comments: Mapping[UUID, PublicComment]) -> dict[UUID, dict[str, Any]]:
        """Where those were received with another place than the one at which they stand; no statement for nobody."""
        ids = [one.id for one in comments.values() if one.moved_from is not None]
        found = steps_of(self.session, self.consultation.id, ids)
        return {
            one: {
                "sent_place": label_of(steps[0], self.say),
                "moved_on": clock.local_day(steps[-1].at) if steps[-1].at else None,
                "moved_why": steps[-1].reason if comments[one].visibility in READABLE else "",
            }
            for one, steps in found.items()
        }

    def _letters(self, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        """The letters, as entered, of organisations and groups whose name is public."""
        if not ids:
            return {}
        rows = self.session.execute(
            select(Comment.id, Submission)
            .join(Comment.submission)
            .options(joinedload(Submission.organisation).joinedload(Organisation.area))
            .where(Comment.consultation_id == self.consultation.id, Comment.id.in_(ids))
        )
        return {comment_id: facts.letter(submission) for comment_id, submission in rows}
