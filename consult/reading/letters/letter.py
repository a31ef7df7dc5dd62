"""One letter as the public reads it: what of it is public, point by point, each with its clause and its answer.

What is withheld, in check or set apart does not stand on it, not even by its number, which would tell who sent it: only
how many of its points are not public.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from consult.comparison import Piece
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.reading.comments import quotes
from consult.reading.comments.critique_contents import CritiqueContents, contents_of
from consult.reading.comments.earlier_answers import EarlierAnswer, earlier_of
from consult.reading.comments.progress import CommentWay
from consult.reading.comments.rows import PublicCommentRow, rows, told
from consult.responses.referrals import found as referrals
from consult.responses.referrals.models import Referral
from consult.responses.second_words.told import SecondWord, second_words
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.statistics.letters import LetterLine
from consult.submissions.comments.outcome import READABLE
from consult.submissions.comments.places import Steps, ever_moved, steps_of
from consult.submissions.inputs import Cosigned
from consult.submissions.letter_models import LetterVersion
from consult.submissions.models import Comment, Critique
from consult.submissions.receiving import clause_wording
from consult.submissions.sender.letter_amendment import versions_of
from consult.submissions.words import SubmissionKind


@dataclass(frozen=True)
class LetterPoint:
    """A comment of the letter on a clause: the clause as it stood, and the proposed wording against it; `stood` where,
    if it was moved."""

    row: PublicCommentRow
    quoted: str
    redline: Sequence[Piece]
    stood: Steps = ()


@dataclass(frozen=True)
class PublicLetter:
    """A letter with what anybody may read of it; `signed_by` is who signed for a body, `hidden` of its comments are
    not public; `words` are what the body says of the answers, `went_to` the bodies to which comments were passed on,
    and `earlier` what the answers said before they were corrected, by comment; `cosigned` the bodies that confirmed it
    as it was sent; `versions` all of a letter that its sender amended."""

    line: LetterLine
    signed_by: str
    late: bool
    critique: CritiqueContents | None
    proceedings: Mapping[str, str]
    points: list[LetterPoint]
    hidden: int
    words: Mapping[UUID, SecondWord]
    went_to: Mapping[UUID, Sequence[Referral]]
    earlier: Mapping[UUID, Sequence[EarlierAnswer]]
    versions: Sequence[LetterVersion]
    cosigned: Sequence[Cosigned]


def letter(session: Session, consultation: Consultation, kind: SubmissionKind, number: int) -> PublicLetter | None:
    """The letter `number` of its kind, in nine statements at most, and
    one more for each version of the matter; None while it is not public whose it is. Raises
    NotFound when there is none."""
    letters = kept_counts.letters(session, consultation)
    if not 1 <= number <= letters.total[kind]:
        raise NotFound
    line = next((one for one in letters.public if (one.kind, one.number) == (kind, number)), None)
    return _letter(session, consultation, line) if line else None


def _letter(session: Session, consultation: Consultation, line: LetterLine) -> PublicLetter:
    found = _comments_of(session, consultation, line)
    # What was split is read in its parts.
    whole = [one for one in found if one.way is not CommentWay.SPLIT]
    readable = [one for one in whole if is_read(one)]
    sent, critique = found[0].row.Submission, critique_of(found)
    return PublicLetter(
        line=line,
        signed_by=f"{sent.signatory_office} {sent.signatory_name}".strip() if sent.organisation_id else "",
        late=sent.late_critique,
        critique=critique,
        proceedings=critique.proceedings(whole=len(whole) == len(readable)) if critique else {},
        points=_points(session, consultation, [one for one in readable if one.comment.critique_part is None]),
        hidden=len(whole) - len(readable),
        versions=versions_of(session, sent),
        cosigned=[Cosigned.read(one) for one in sent.cosigned],
        words=second_words(session, consultation.id, [one.comment.id for one in readable]),
        went_to=referrals.public_ways(session, consultation.id, {one.comment.id: one.answer for one in readable}),
        earlier=earlier_of(session, consultation.id, [(one.comment.id, one.way, one.answer) for one in readable]),
    )


def _comments_of(session: Session, consultation: Consultation, line: LetterLine) -> Sequence[PublicCommentRow]:
    statement = rows(Critique).outerjoin(Comment.critique).order_by(Comment.position, Comment.number)
    own = (Comment.consultation_id == consultation.id, Comment.submission_id == line.submission_id)
    return told(session.execute(statement.where(*own)).all())


def _points(session: Session, consultation: Consultation, found: Sequence[PublicCommentRow]) -> list[LetterPoint]:
    words = quotes.words_of(session, consultation.id, [one.comment.number for one in found])
    stood = steps_of(session, consultation.id, ever_moved(act for one in found for act in one.acts))
    return [_point(one, words.get(one.comment.number, quotes.NOTHING), stood.get(one.comment.id, ())) for one in found]


def is_read(one: PublicCommentRow) -> bool:
    """Whether a comment of a letter stands on its page with its words."""
    return one.comment.visibility in READABLE and not one.comment.left


def critique_of(found: Sequence[PublicCommentRow]) -> CritiqueContents | None:
    """What anybody may read of the critique that is behind the comments of one letter; None of any other letter."""
    critique = found[0].row.Critique
    if critique is None:
        return None
    parts = [one for one in found if one.comment.critique_part is not None]
    contents = contents_of(critique, sorted(parts, key=lambda one: one.comment.number))
    return replace(contents, contents=[one for one in contents.contents if one.readable])


def _point(one: PublicCommentRow, quoted: quotes.Quoted, stood: Steps) -> LetterPoint:
    return LetterPoint(one, quoted.text, clause_wording.redline(quoted.clause, one.comment.proposed), stood)
