"""The rows of what was seen at a place, beside the comments that tell of it."""

from collections.abc import Sequence

from consult.submissions.inputs import NewSubmission
from consult.submissions.receiving.rows import CommentRow, SightingRow


def rows_of(comments: Sequence[CommentRow], new: NewSubmission) -> list[SightingRow]:
    """Where and when it was seen, of each comment that says so."""
    return [
        SightingRow(
            consultation_id=comment.consultation_id, comment_id=comment.id, kind=seen.kind, seen_on=seen.seen_on,
            area_id=seen.area_id, latitude=seen.point[0] if seen.point else None,
            longitude=seen.point[1] if seen.point else None,
        )
        for comment, typed in zip(comments, new.comments, strict=True)
        if (seen := typed.sighting) is not None
    ]  # fmt: skip
