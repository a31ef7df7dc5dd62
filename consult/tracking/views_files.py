"""What one takes home of one's own submission: the receipt file, and the files that were sent."""

import json
from uuid import UUID

from flask import Response

from consult.submissions.models import Joiner
from consult.submissions.sender import amended_proofs, own_submission
from consult.tracking import views_opening
from consult.tracking.views_frame import blueprint
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public


@blueprint.post("/tra-cuu/<code>/bien-nhan/")
@public(alone="reads only")
def receipt_file(code: str) -> Response:
    """The receipt file of docs/ledger.md."""
    submission, _expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        content, name = (
            own_submission.joiner_file(submission, context.signer()),
            f"cung-y-kien-{submission.number}.json",
        )
    else:
        session, signer = context.session(), context.signer()
        content = own_submission.receipt_file(session, submission, signer)
        content = amended_proofs.with_amendments(session, submission, content, signer, context.arrived_at())
        name = f"bien-nhan-{submission.number}.json"
    said = json.dumps(content, ensure_ascii=False, indent=1)
    return downloads.attached(Response(said, mimetype="application/json"), name)


@blueprint.post("/tra-cuu/<code>/tep/<uuid:attachment_id>/")
@public(alone="reads only")
def sent_file(code: str, attachment_id: UUID) -> Response:
    """A file of one's own, to be saved and not shown here."""
    submission, _expired = views_opening.own(code)
    found = own_submission.attachment_of(context.session(), submission, attachment_id)
    return downloads.kept(found.file_hash, found.media_type, found.file_name)
