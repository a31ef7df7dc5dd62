"""How a submission stands: for who has its look-up code, and in full for its sender."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comparison import Piece
from consult.consultations.document_models import Document, Page
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import FiledDrafts, filed_drafts
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.questions.models import SenderQuestion
from consult.responses.questions.service import questions_to
from consult.submissions import anchors
from consult.submissions.comments import act_rules, comment_state, joiner_counts, places, sender_view, visible
from consult.submissions.comments import transcripts as spoken
from consult.submissions.comments.outcome import READABLE, Outcome, Visibility
from consult.submissions.comments.sender_view import SenderView
from consult.submissions.comments.transcripts import PublicTranscript
from consult.submissions.models import Comment, CommentVersion, Joiner, Submission
from consult.submissions.receiving import clause_wording
from consult.submissions.sender import own_submission
from consult.submissions.voices import writing_down
from consult.submissions.voices.writing_down import WritingDown
from consult.submissions.words import CritiquePart, Topic


@dataclass(frozen=True)
class CommentStatus:
    """One comment of a submission. `versions`, what was quoted, the topic and the answer to a text that is not public
    and what its sender was asked are for its sender; `asked` is whether a reply is waited for, `writing_down` how far a
    voice is that nobody has heard yet, `clause` what the clause says that a version proposes to change."""

    number: int
    document: int
    document_title: str
    path: str
    page: int | None
    outcome: Outcome
    visibility: Visibility
    versions: Sequence[CommentVersion]
    answer: PublishedAnswer | None
    revision: int = 0
    drafts: int = 0
    joiners: int = 0
    left: bool = False
    spoken: PublicTranscript | None = None
    writing_down: WritingDown | None = None
    box: Sequence[int] | None = None
    quote: str = ""
    topic: Topic | None = None
    critique_part: CritiquePart | None = None
    clause: str = ""
    fate: SenderView | None = None
    question: SenderQuestion | None = None
    asked: bool = False

    @property
    def seen_by_code(self) -> "CommentStatus":
        """The same for who has the look-up code alone: states and public answers. What was passed on they are told,
        but not where to."""
        fate = self.fate.by_code_alone if self.fate is not None else None
        writing = self.writing_down.by_code_alone if self.writing_down is not None else None
        asked = self.question is not None and self.question.replied_at is None
        return replace(self.seen_by_all, outcome=self.outcome, fate=fate, writing_down=writing, asked=asked)

    @property
    def seen_by_all(self) -> "CommentStatus":
        """The same for everybody, and who joined it: states and public answers."""
        readable = self.visibility in READABLE
        return CommentStatus(
            number=self.number,
            document=self.document,
            document_title=self.document_title,
            path=self.path,
            critique_part=self.critique_part,
            page=self.page,
            outcome=visible.outside_outcome(self.outcome),
            visibility=visible.outside_visibility(self.visibility),
            versions=(),
            answer=self.answer if readable else None,
            revision=self.revision,
            drafts=self.drafts,
            joiners=self.joiners,
            left=self.left,
        )

    def redline(self, version: CommentVersion) -> tuple[Piece, ...]:
        """The wording that a version proposes against the clause."""
        return clause_wording.redline(self.clause, version.proposed)

    @property
    def shared(self) -> bool:
        """Whether others have joined it, so that its text does not change any more."""
        return self.left or self.joiners > 0

    @property
    def anchor(self) -> str:
        """Its place as `?tai=` writes it."""
        return anchors.written(self.document, self.revision, self.path, self.page, self.box) if self.document else ""

    @property
    def may_be_amended(self) -> bool:
        """Whether its sender may still change it, as far as the comment itself goes."""
        return not act_rules.amendable(self.outcome, self.shared)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether its sender may still withdraw it, as far as the comment itself goes."""
        return act_rules.withdrawable(self.outcome) and not self.left


def of_submission(session: Session, consultation: Consultation, submission: Submission) -> list[CommentStatus]:
    """Every comment of a submission in the order sent, in a fixed number of statements."""
    asked = questions_to(session, submission)
    told = _all(session, consultation, own_submission.comments_of(session, submission), to_sender=True)
    return [replace(one, question=asked.get(one.number)) for one in told]


def of_joiner(session: Session, consultation: Consultation, joiner: Joiner) -> list[CommentStatus]:
    """The comment that somebody joined, and what it was split into: states and public answers."""
    whole = session.get_one(Comment, (consultation.id, joiner.comment_id))
    parts = select(Comment).where(Comment.consultation_id == consultation.id, Comment.split_from_id == whole.id)
    sent = [own_submission.OwnComment(one, ()) for one in (whole, *session.scalars(parts.order_by(Comment.number)))]
    return [one.seen_by_all for one in _all(session, consultation, sent, to_sender=False)]


def _all(
    session: Session, consultation: Consultation, sent: Sequence[own_submission.OwnComment], to_sender: bool
) -> list[CommentStatus]:
    found = {
        one.comment.id: one
        for one in comment_state.read(session, consultation.id, [one.comment.number for one in sent])
    }
    answers = published_answers(session, consultation, found, to_sender=to_sender)
    where, counts = own_submission.places_of(session, sent), joiner_counts.counts(session, consultation.id, found)
    moved = places.ever_moved(act for one in found.values() for act in one.acts)
    stood = places.steps_of(session, consultation.id, moved)
    revisions, clauses = own_submission.revisions_of(session, sent), _clauses(session, sent)
    filed = filed_drafts(session, consultation.id)
    transcripts = spoken.checked_of(session, consultation.id, found)
    unheard = writing_down.of_unheard(session, consultation, [key for key, now in found.items() if now.unheard])
    return [
        replace(
            _stands(
                one, found[one.comment.id], stood.get(one.comment.id, ()), answers.get(one.comment.id), filed, *where
            ),
            revision=revisions.get(one.comment.revision_id, 0),
            joiners=counts.get(one.comment.id, 0),
            clause=clauses.get(one.comment.id, ""),
            spoken=transcripts.get(one.comment.id),
            writing_down=unheard.get(one.comment.id),
        )
        for one in sent
    ]


def _clauses(session: Session, sent: Sequence[own_submission.OwnComment]) -> dict[object, str]:
    """The words of the clauses for which a wording is proposed, by comment."""
    proposing = [one.comment for one in sent if any(version.proposed for version in one.versions)]
    worded = [one for one in proposing if places.is_worded_here(one.moved_from)]
    keys = {one.id: (one.revision_id, one.path) for one in worded if one.revision_id and one.path}
    if not keys:
        return {}
    words = clause_wording.words_of(session, proposing[0].consultation_id, keys.values())
    return {comment_id: words.get(key, "") for comment_id, key in keys.items()}


def _stands(
    sent: own_submission.OwnComment,
    now: comment_state.CommentState,
    stood: places.Steps,
    answer: PublishedAnswer | None,
    filed: dict[int, FiledDrafts],
    documents: dict[object, Document],
    pages: dict[object, Page],
) -> CommentStatus:
    comment = sent.comment
    document = documents.get(comment.document_id)
    page = pages.get(comment.page_id)
    return CommentStatus(
        number=comment.number,
        document=document.number if document else 0,
        document_title=document.title if document else "",
        drafts=filed[document.number].drafts if document else 0,
        path=comment.path,
        page=page.number if page else None,
        outcome=now.outcome,
        visibility=now.visibility,
        versions=sent.versions,
        answer=answer,
        left=now.author_left,
        fate=sender_view.of(now, stood),
        box=comment.box if comment.moved_from is None else None,
        quote=comment.quote,
        topic=comment.topic,
        critique_part=comment.critique_part,
    )
