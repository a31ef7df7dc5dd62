"""What pages show of a request: what was done about it, and what it is about."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.responses.data_requests.models import DataRequest
from consult.responses.data_requests.standing import latest
from consult.shown import About, Kind, Shown, digest
from consult.submissions.models import Comment, CommentVersion, Submission


def _request(about: About) -> Sequence[Shown]:
    """A request with the versions of all that it is about: who erases has seen what."""
    found = about.session.scalar(
        select(DataRequest)
        .where(DataRequest.consultation_id == about.matter.id, DataRequest.number == about.values["number"])
        .execution_options(populate_existing=True)
    )
    if found is None:
        return ()
    last = latest(found)
    said = about.session.scalar(
        select(CommentVersion.at)
        .select_from(Comment)
        .join(Comment.versions)
        .where(Comment.consultation_id == about.matter.id, Comment.submission_id == found.submission_id)
        .order_by(CommentVersion.at.desc(), CommentVersion.id.desc())
        .limit(1)
    )
    sent = about.session.get_one(Submission, (about.matter.id, found.submission_id))
    parts = {
        "acts": digest(last.id if last else 0),
        "text": digest(said),
        "sender": digest(sent.sender_name, sent.place_said),
    }
    return [Shown(str(found.number), parts, {"kind": found.kind.value})]


DATA_REQUEST = Kind("data_request", _request)
