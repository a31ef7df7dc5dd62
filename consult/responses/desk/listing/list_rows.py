"""Comments as the desk's list shows them, with everything that stands in one line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import drafts_expression
from consult.people.models import Area, Organisation, Unit, User
from consult.people.organisations import unconfirmed
from consult.policy import investor_answers
from consult.relationships import along
from consult.responses.answers import answer_state
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.due_lines import TermLine, lines_of
from consult.responses.desk.listing import investor_view
from consult.responses.desk.listing.joins import latest_assignment, latest_version, proposed
from consult.responses.models import Assignment
from consult.responses.statistics.letters import LETTERS
from consult.submissions.comments import joiner_counts, transcripts
from consult.submissions.comments.act_rules import answerable
from consult.submissions.comments.outcome import (
    Outcome,
    author_left_expression,
    outcome_expression,
    visibility_expression,
)
from consult.submissions.comments.visible import is_set_apart, told_visibility
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import CritiquePart
from consult.text import one_line


@dataclass(frozen=True)
class CaseLine:
    """One comment in the list; codes are codes. `overdue` counts days, 0 in its term or when answered; `answerable`: an
    answer may be begun. One that is `closed` comes without its words and its sender; a `nameless` one without its
    sender, of whom `by_body` tells; the words of an `unread` one are not for who looks; `letter`: its number;
    `terms` are the days by which it should come on."""

    id: UUID
    number: int
    document: int
    document_title: str
    revision: int
    drafts: int
    path: str
    page: int | None
    kind: str
    channel: str
    sender: str
    area: str
    stance: str
    text: str
    proposed_wording: str
    reason: str
    outcome: str
    visibility: str
    received_at: datetime
    overdue: int
    unit: str
    person: str
    proposed: bool
    late_critique: bool
    spoken: bool = False
    heard_at: datetime | None = None
    joiners: int = 0
    left: bool = False
    answer: Answer | None = None
    answerable: bool = False
    unconfirmed: bool = False
    closed: bool = False
    by_body: bool = False
    nameless: bool = False
    unread: bool = False
    critique_part: CritiquePart | None = None
    letter: int = 0
    terms: Sequence[TermLine] = ()

    @property
    def seen_as(self) -> str:
        """The code of the words for who may read it."""
        return told_visibility(self.outcome, self.visibility)

    @property
    def unheard(self) -> bool:
        """Whether it was spoken and nobody has checked what was written down."""
        return self.spoken and self.heard_at is None


NOTHING_SAID: dict[str, Any] = dict.fromkeys(("sender", "area", "stance", "text", "proposed_wording", "reason"), "")


def lines(
    session: Session,
    consultation: Consultation,
    numbers: Sequence[int],
    term: AnswerTerm | None,
    today: date,
    set_apart: bool = False,
    senders: bool = False,
    answers: bool = True,
) -> list[CaseLine]:
    """These comments as the list shows them, by number, in nine statements at most; without their `answers` in three.
    Those in quarantine or passed on are closed, unless `set_apart`: to who deals with them and has opened them. Where
    an investor answers all are nameless, unless `senders`: for those who may know who sent what."""
    if not numbers:
        return []
    chosen = _columns().where(Comment.consultation_id == consultation.id, Comment.number.in_(numbers))
    rows = session.execute(chosen.order_by(Comment.number)).all()
    answered = answer_state.of_comments(session, consultation.id, [row.id for row in rows]) if answers else {}
    found = [_line(row, answered.get(row.id), term, today) for row in rows]
    if investor_answers(consultation) and not senders:
        words = investor_view.words(session, consultation.id, {one.id: one.visibility for one in found})
        found = [replace(one, **investor_view.UNNAMED, **words.get(one.id, {})) for one in found]
    return [one if set_apart or not is_set_apart(one.outcome, one.visibility) else closed(one) for one in found]


def closed(line: CaseLine) -> CaseLine:
    """A line without its words and its sender."""
    return replace(line, closed=True, **NOTHING_SAID)


def _line(row: Any, answer: Answer | None, term: AnswerTerm | None, today: date) -> CaseLine:
    waiting = term is not None and row.outcome == Outcome.AWAITING
    late = term.overdue(row.kind, row.received_at, today, row.number) if term is not None and waiting else 0
    return CaseLine(
        id=row.id,
        number=row.number,
        **_place(row),
        kind=row.kind.value,
        channel=row.channel.value,
        sender="" if row.left else row.organisation or one_line(row.sender_name),
        area="" if row.left else row.area or "",
        stance=row.stance.value if row.stance else "",
        text=row.text,
        proposed_wording=row.wording,
        reason=row.reason,
        **_state(row),
        received_at=row.received_at,
        overdue=late,
        terms=lines_of(term, row.kind, row.received_at, row.number, answer, today) if term and waiting else (),
        unit=row.unit or "",
        person=row.person or "",
        proposed=row.proposed,
        late_critique=row.late_critique,
        spoken=row.spoken,
        heard_at=row.heard_at,
        joiners=row.joiners,
        left=row.left,
        answer=answer,
        letter=row.submission if row.kind in LETTERS else 0,
    )


def _place(row: Any) -> dict[str, Any]:
    own = {"path": row.path, "page": row.page, "critique_part": row.critique_part}
    return own | {
        "document": row.document or 0,
        "document_title": row.document_title or "",
        "revision": row.revision or 0,
        "drafts": row.drafts or 0,
    }


def _state(row: Any) -> dict[str, Any]:
    return {
        "by_body": row.organisation is not None,
        "unconfirmed": row.unconfirmed,
        "outcome": row.outcome,
        "visibility": row.visibility,
        "answerable": answerable(Outcome(row.outcome), row.spoken and row.heard_at is None),
    }


@cache
def _columns() -> Any:
    columns: Any = (
        select(
            Comment.id, Comment.number, Comment.path, Comment.critique_part, Comment.received_at, Submission.kind,
            Submission.number.label("submission"), Submission.channel, Submission.sender_name,
            Submission.late_critique, CommentVersion.stance, transcripts.words_expression().label("text"),
            transcripts.spoken_expression().label("spoken"), transcripts.heard_at_expression().label("heard_at"),
            CommentVersion.proposed.label("wording"), CommentVersion.reason,
            Document.number.label("document"), Document.title.label("document_title"), Page.number.label("page"),
            Revision.number.label("revision"), drafts_expression().label("drafts"),
            Organisation.name.label("organisation"), Area.name.label("area"), Unit.name.label("unit"),
            User.name.label("person"), outcome_expression().label("outcome"),
            visibility_expression().label("visibility"), proposed().label("proposed"),
            joiner_counts.count_expression().label("joiners"), author_left_expression().label("left"),
            unconfirmed().label("unconfirmed"),
        )
        .select_from(Comment)
        .join(Comment.submission)
        .join(Comment.versions)
        .outerjoin(Comment.document)
        .outerjoin(Comment.revision)
        .outerjoin(Comment.page)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .outerjoin(Area, Area.id == Submission.area_id)
        .outerjoin(Assignment, along(Assignment.comment) & latest_assignment())
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(User, User.id == Assignment.user_id)
        .where(CommentVersion.version == latest_version())
    )  # fmt: skip
    return columns
