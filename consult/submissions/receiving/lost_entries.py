"""What is brought back from a receipt commits to the same as the first time, and says what it was."""

from collections.abc import Sequence

from consult.submissions.inputs import NewSubmission
from consult.submissions.receiving.rows import BroughtBackRow, CommentRow, SubmissionRow, VersionRow


def rows_of(
    submission: SubmissionRow, comments: Sequence[CommentRow], versions: Sequence[VersionRow], new: NewSubmission
) -> list[BroughtBackRow]:
    """The rows that say what the comments were, for a submission that is brought back; it commits with the same salts
    as the first time."""
    if new.brought_back is None:
        return []
    salts = new.brought_back.comments[0].salts
    submission.identity_salt, submission.contact_salt = salts["identity"], salts["contact"]
    submission.attachments_salt = salts["attachments"]
    for version, lost in zip(versions, new.brought_back.comments, strict=True):
        version.text_salt = lost.salts["text"]
    return [
        BroughtBackRow(comment.consultation_id, comment.id, lost.epoch, lost.was, lost.number, lost.leaf)
        for comment, lost in zip(comments, new.brought_back.comments, strict=True)
    ]
