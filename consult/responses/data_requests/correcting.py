"""Putting right what was recorded of a sender: their name, and where they say they live.

What they are called from now on stands in the row; what stood there, with who, when and why, beside it (`Correction`),
and goes with an erasure. The commitment of the log to who sent it cannot be opened any more, since it is to the former
words; therefore a name that was public is so no more, as nobody outside could tell it from one that was made up. Pages
say so, unless its owner had taken it back themselves. How they are reached is put right where a mail or a call did not
reach them (`submissions/sender/contacts.py`).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid
from consult.ledger.comment_entries import SHOWN
from consult.people.models import Correction
from consult.policy import Actor
from consult.responses.data_requests.service import add_act, open_one
from consult.responses.data_requests.words import RequestActKind, RequestKind
from consult.submissions.comments.act_recording import tell
from consult.submissions.inputs import SHORT_LIMIT
from consult.submissions.models import Submission
from consult.submissions.sender.own_submission import shared_commitments
from consult.text import one_line, stored


def correct(
    session: Session, consultation: Consultation, number: int, name: str, place: str, reason: str, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Puts name and place of the sender right for a request.

    Raises NotFound; Invalid({"sender_name" | "place_said": "too_long" | "unchanged"}); Refused: the policy's reason,
    `data_request_ended`.
    """
    new = {"sender_name": one_line(name), "place_said": one_line(place)}
    if errors := {field: "too_long" for field, said in new.items() if len(said) > SHORT_LIMIT}:
        raise Invalid(errors)
    with writing(session, consultation.id):
        request = open_one(session, consultation, number, actor, now, (RequestKind.CORRECTION,))
        submission = session.get_one(Submission, (consultation.id, request.submission_id))
        changed = {field: said for field, said in new.items() if said != getattr(submission, field)}
        if not changed:
            raise Invalid({"sender_name": "unchanged"})
        for field, said in changed.items():
            session.add(
                Correction(
                    id=new_id(), subject_id=submission.id, field=field, old=getattr(submission, field), new=said,
                    reason=stored(reason)[:2_000], at=now, by_id=person(actor),
                )
            )  # fmt: skip
            setattr(submission, field, said)
        # Who took their name back before wants it public no more, whatever it is: no correction hid it.
        taken_back = submission.name_hidden_at is not None and submission.identity_salt is not None
        submission.publish_name = submission.publish_name and not taken_back
        submission.identity_salt = None
        if submission.publish_name and SHOWN in shared_commitments(session, submission):
            submission.name_hidden_at = submission.name_hidden_at or now
        add_act(session, request, RequestActKind.CORRECTED, actor, now)
        tell(session, consultation, [one.number for one in submission.comments], "name_hidden", now)
