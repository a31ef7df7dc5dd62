"""One comment on the desk: what was sent, every version, every act, who had it in hand, and its answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from consult.comparison import Piece
from consult.consultations.document_models import Provision
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.outbox.undelivered import UndeliveredLine, line_of, of_submission
from consult.people.models import User
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.models import Assignment
from consult.submissions.comments import comment_state, page_view, places
from consult.submissions.comments.act_rules import assignable, possible_acts, possible_proposals
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.page_view import PageView
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.letters import place_of
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.receiving import clause_wording
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import own_submission
from consult.submissions.words import CommentActKind

NOTED = frozenset({CommentActKind.QUARANTINED, CommentActKind.PASSED_ON, CommentActKind.MOVED})
"""Acts whose reason is a note of the desk, and no code."""


@dataclass(frozen=True)
class CommentCase:
    """Everything about one comment; `names` has the people who acted, by id. `provision_text` is what it is about, and
    `quote` the words of it that were marked. What one person may do to it at once is `possible`, what may be proposed
    `proposable`. Of its acts there are those but its answers, which the answer tells.
    Where its line is closed to who looks, there is nothing here of what was said, sent with it or noted; where it is
    nameless, nothing of what its sender gave beside the words.
    """

    line: CaseLine
    comment: Comment
    submission: Submission
    versions: list[CommentVersion]
    acts: list[CommentAct]
    assignments: list[Assignment]
    attachments: list[Attachment]
    critique: Critique | None
    siblings: list[int]
    whole_number: int | None
    part_numbers: list[int]
    provision_text: str
    quote: str
    page: PageView | None
    redline: tuple[Piece, ...]
    names: dict[UUID, str]
    possible: frozenset[CommentActKind]
    proposable: frozenset[CommentActKind]
    undelivered: list[UndeliveredLine]
    assignable: bool

    @property
    def letter_place(self) -> str:
        """Where the letter that it came in was drawn up."""
        return place_of(self.submission)

    @property
    def open_proposal(self) -> CommentAct | None:
        """What waits for a second person."""
        return comment_state.open_proposal(self.acts)

    def note_on(self, act: CommentAct) -> str:
        """What the desk noted down of an act."""
        if self.line.closed or self.line.nameless:
            return ""
        own = act.reason if act.kind in NOTED else ""
        return str(act.details.get("note") or own)


def case_of(
    session: Session,
    consultation: Consultation,
    number: int,
    term: AnswerTerm | None,
    today: date,
    set_apart: bool,
    senders: bool = False,
) -> CommentCase:
    """The comment `number` with all that was done; raises NotFound. A constant number of statements. `set_apart` tells
    whether who looks may read what is in quarantine or was passed on, `senders` whether they may know who sent it."""
    found = lines(session, consultation, [number], term, today, set_apart, senders)
    if not found:
        raise NotFound
    case = _case(session, consultation, found[0])
    if found[0].closed:
        return replace(case, **_NOTHING_TOLD)
    return replace(case, **_NOTHING_OF_SENDER) if found[0].nameless else case


def _case(session: Session, consultation: Consultation, line: CaseLine) -> CommentCase:
    comment = session.get_one(Comment, (consultation.id, line.id))
    submission = session.get_one(Submission, (consultation.id, comment.submission_id))
    versions = session.scalars(_of(CommentVersion, comment).order_by(CommentVersion.version)).all()
    acts = list(session.scalars(_of(CommentAct, comment).order_by(CommentAct.at, CommentAct.id)))
    given = _assignments(session, comment)
    siblings, whole, parts = _relatives(session, comment)
    attached = list(own_submission.attachments_of(session, submission))
    one = CommentState(comment, acts, versions[-1], submission.kind, line.spoken, line.heard_at)
    return CommentCase(
        line=line,
        comment=comment,
        submission=submission,
        versions=list(versions),
        acts=[act for act in acts if act.kind is not CommentActKind.ANSWERED],
        assignments=given,
        attachments=attached,
        critique=session.get(Critique, (consultation.id, submission.id)),
        siblings=siblings,
        whole_number=whole,
        part_numbers=parts,
        provision_text=_provision_text(session, comment),
        quote=comment.quote,
        page=page_view.of_comment(session, consultation.id, comment.id) if comment.page_id else None,
        redline=_redline(session, comment, line.proposed_wording),
        names=_names(session, _named(acts, given, submission, line, attached)),
        possible=possible_acts(one, consultation),
        proposable=possible_proposals(one, consultation),
        assignable=assignable(one, consultation),
        undelivered=[*map(line_of, of_submission(session, consultation.id, submission.id))],
    )


_NOTHING_TOLD: dict[str, Any] = {
    "versions": [], "attachments": [], "critique": None, "siblings": [], "quote": "", "page": None, "redline": (),
    "possible": frozenset(), "proposable": frozenset(), "undelivered": [],
}  # fmt: skip
_NOTHING_OF_SENDER: dict[str, Any] = {
    "versions": [], "attachments": [], "siblings": [], "possible": frozenset(), "proposable": frozenset(),
}  # fmt: skip


def _assignments(session: Session, comment: Comment) -> list[Assignment]:
    named = _of(Assignment, comment).options(joinedload(Assignment.unit), joinedload(Assignment.user))
    named = named.options(joinedload(Assignment.rule))
    return list(session.scalars(named.order_by(Assignment.at, Assignment.id)))


def attachment(session: Session, consultation: Consultation, attachment_id: UUID, set_apart: bool) -> Attachment:
    """A file that came with a submission of this matter; raises NotFound, also for files of unsent drafts and for lost
    ones, and unless `set_apart` for those that came with a comment in quarantine or passed on."""
    found = session.get(Attachment, (consultation.id, attachment_id))
    if found is None or found.submission_id is None:
        raise NotFound
    if found.lost_at is not None:
        raise NotFound
    if not set_apart and session.scalar(_set_apart(consultation.id, found.submission_id)):
        raise NotFound
    return found


def marked_page(session: Session, consultation: Consultation, number: int, set_apart: bool) -> PageView:
    """The page that a comment is about; raises NotFound when it is about none, and unless `set_apart` for what came
    with a comment in quarantine or passed on."""
    own_number = (Comment.consultation_id == consultation.id, Comment.number == number)
    comment = session.scalars(select(Comment).where(*own_number)).one_or_none()
    if comment is None or not set_apart and session.scalar(_set_apart(consultation.id, comment.submission_id)):
        raise NotFound
    return page_view.of_comment(session, consultation.id, comment.id)


def _set_apart(consultation_id: UUID, submission_id: UUID) -> Any:
    """How many comments of a submission only those who deal with them may read."""
    return select(func.count(Comment.id)).where(
        Comment.consultation_id == consultation_id, Comment.submission_id == submission_id, set_apart_expression()
    )


def _relatives(session: Session, comment: Comment) -> tuple[list[int], int | None, list[int]]:
    """The numbers sent together with it, that it was split from, and that it was split into; one statement."""
    rows = session.execute(
        select(Comment.id, Comment.number, Comment.split_from_id)
        .where(
            Comment.consultation_id == comment.consultation_id,
            or_(Comment.submission_id == comment.submission_id, Comment.id == comment.split_from_id),
        )
        .order_by(Comment.number)
    ).all()
    parts = [row.number for row in rows if row.split_from_id == comment.id]
    whole = next((row.number for row in rows if row.id == comment.split_from_id), None)
    own_submission = {comment.number, whole, *parts}
    return [row.number for row in rows if row.number not in own_submission], whole, parts


def _provision_text(session: Session, comment: Comment) -> str:
    if comment.provision_id is None:
        return ""
    provision = session.get_one(Provision, (comment.consultation_id, comment.provision_id))
    return " ".join(part for part in (provision.marker, provision.heading, provision.text) if part)


def _redline(session: Session, comment: Comment, proposed: str) -> tuple[Piece, ...]:
    """The wording proposed last against the clause; the clause is read only for that."""
    if not proposed or comment.revision_id is None or not places.is_worded_here(comment.moved_from):
        return ()
    clause = (comment.revision_id, comment.path)
    return clause_wording.redline(
        clause_wording.words_of(session, comment.consultation_id, [clause]).get(clause, ""), proposed
    )


def _writers(line: CaseLine) -> list[UUID]:
    if line.answer is None:
        return []
    return [*line.answer.writers, *(word.by_id for word in line.answer.approvals)]


def _names(session: Session, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {key for key in ids if key is not None}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {key: name for key, name in rows}


def _named(
    acts: Any, given: Any, submission: Submission, line: CaseLine, attached: list[Attachment]
) -> list[UUID | None]:
    """Everybody whose name stands on the page."""
    acted = (who for act in acts for who in (act.by_id, act.confirmed_by_id))
    asides = (one.set_aside_by_id for one in attached)
    return [*acted, *(one.by_id for one in given), submission.recorded_by_id, *_writers(line), *asides]


def _of(table: Any, comment: Comment) -> Any:
    return select(table).where(table.consultation_id == comment.consultation_id, table.comment_id == comment.id)
