"""Which answers repeat what a sender said: they are the words of the authority, and are looked at by a person before
what they repeat is erased."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.text import searched

RUN = 7
"""So many syllables in a row, whatever their accents and case, are no chance."""


def repeating(session: Session, consultation: Consultation, submission: Submission) -> list[int]:
    """The numbers of the comments of a submission whose answer, in any version, repeats RUN syllables of what the
    sender said in any version, or their name. Two statements."""
    own = (Comment.consultation_id == consultation.id, Comment.submission_id == submission.id)
    said: dict[int, set[str]] = {}
    for number, version in session.execute(select(Comment.number, CommentVersion).join(Comment.versions).where(*own)):
        runs = said.setdefault(number, set())
        for text in (version.text, version.proposed, version.reason):
            runs.update(_runs(text))
    name = f" {searched(submission.sender_name)} "
    answers = session.execute(_answers(consultation, submission))
    found = {
        row.number
        for row in answers
        for text in (row.text, row.change)
        if said.get(row.number, set()) & set(_runs(text)) or (name.strip() and name in f" {searched(text)} ")
    }
    return sorted(found)


def _answers(consultation: Consultation, submission: Submission) -> Select[int, str, str]:
    return (
        select(Comment.number, ResponseVersion.text, ResponseVersion.change)
        .select_from(ResponseVersion)
        .join(ResponseVersion.targets)
        .join(ResponseTarget.comment)
        .where(Comment.consultation_id == consultation.id, Comment.submission_id == submission.id)
    )


def _runs(text: str) -> Iterator[str]:
    words = searched(text).split()
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
