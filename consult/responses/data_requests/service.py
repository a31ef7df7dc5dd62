"""What people ask of the data they left in one submission, and what the desk does about it: each as an act.

Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 gives who is concerned a copy, a correction and erasure; in which order and
by how many people it is done is the province's rule. A body that sent a letter is no person: its letter is amended.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action, Actor, require
from consult.responses.data_requests.models import DataRequest, DataRequestAct
from consult.responses.data_requests.standing import latest
from consult.responses.data_requests.words import ENDING, Checked, RequestActKind, RequestKind
from consult.submissions.models import Comment, Submission
from consult.text import blank, stored

SAID_LIMIT = 2_000
CARING = Action.CARE_FOR_DATA


def ask(
    session: Session, consultation: Consultation, submission: Submission, kind: str, said: str, now: datetime
) -> DataRequest:
    """Its sender, who has both codes, asks; the first page of the desk has it, and the mail of the morning.

    Raises Invalid({"data_kind" | "said": code}); Refused: `data_of_a_body`, `data_asked_already` (the same waits).
    """
    wanted = _wanted(kind, said, Checked.CODES)
    with writing(session, consultation.id):
        return _kept(session, consultation, submission.id, *wanted, None, now)


def take_down(
    session: Session, consultation: Consultation, number: int, kind: str, said: str, checked: str, actor: Actor,
    now: datetime,
) -> DataRequest:  # fmt: skip
    """An officer takes down what the sender of the comment `number` asks at the desk, having made sure who that is.

    Raises Invalid({"comment" | "data_kind" | "said" | "checked": code}); Refused: the policy's reason,
    `data_of_a_body`, `data_asked_already`.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, CARING, consultation, now)
        comment = session.scalar(
            select(Comment).where(Comment.consultation_id == consultation.id, Comment.number == number)
        )
        if comment is None:
            raise Invalid({"comment": "no_such_comment" if number else "required", **_lacking(kind, said, checked)})
        submission = session.get_one(Submission, (consultation.id, comment.submission_id))
        wanted = _wanted(kind, said, checked if checked in ways(submission) else "")
        return _kept(session, consultation, submission.id, *wanted, by_id, now)


def ways(submission: Submission) -> tuple[Checked, ...]:
    """How its sender can be known at the desk."""
    left = {Checked.NAME: submission.sender_name, Checked.CONTACT: submission.contact}
    return (Checked.CODES, *(way for way, said in left.items() if said))


def note_copy(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> None:
    """A copy was handed to who asked for it. Raises NotFound; Refused: the policy's reason, `data_request_ended`."""
    with writing(session, consultation.id):
        request = open_one(session, consultation, number, actor, now, (RequestKind.COPY,))
        add_act(session, request, RequestActKind.COPIED, actor, now)


def decline(
    session: Session, consultation: Consultation, number: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Nothing is done about a request, for this reason, which its sender reads. Raises NotFound;
    Invalid({"reason": code}); Refused: the policy's reason, `data_request_ended`."""
    why = _said("reason", reason)
    with writing(session, consultation.id):
        request = open_one(session, consultation, number, actor, now, tuple(RequestKind))
        add_act(session, request, RequestActKind.DECLINED, actor, now, why)


def open_one(
    session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime,
    kinds: Collection[RequestKind],
) -> DataRequest:  # fmt: skip
    """A request of one of these kinds about which something may still be done, inside `writing`."""
    require(actor, CARING, consultation, now)
    found = session.scalar(
        select(DataRequest)
        .where(DataRequest.consultation_id == consultation.id, DataRequest.number == number)
        .execution_options(populate_existing=True)
    )
    if found is None or found.kind not in kinds:
        raise NotFound
    last = latest(found)
    if last is not None and last.kind in ENDING:
        raise Refused("data_request_ended")
    return found


def add_act(
    session: Session, request: DataRequest, kind: RequestActKind, actor: Actor, now: datetime, reason: str = "",
    scope: Collection[str] = (),
) -> DataRequestAct:  # fmt: skip
    """Adds what was done about a request; inside `writing`."""
    made = DataRequestAct(
        consultation_id=request.consultation_id, id=new_id(), request_id=request.id, kind=kind, scope=sorted(scope),
        reason=reason, at=now, by_id=person(actor),
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.expire(request, ["acts"])
    return made


def _kept(
    session: Session, consultation: Consultation, submission_id: object, kind: RequestKind, said: str,
    checked: Checked, by_id: object, now: datetime,
) -> DataRequest:  # fmt: skip
    submission = session.get_one(Submission, (consultation.id, submission_id))
    if submission.organisation_id is not None:
        raise Refused("data_of_a_body")
    if _waits(session, submission, kind):
        raise Refused("data_asked_already")
    request = DataRequest(
        consultation_id=consultation.id, id=new_id(),
        number=next_number(session, consultation.id, "data_request"),
        submission_id=submission.id, kind=kind, said=said, checked=checked, at=now, by_id=by_id,
    )  # fmt: skip
    session.add(request)
    session.flush()
    return request


def _waits(session: Session, submission: Submission, kind: RequestKind) -> bool:
    """Whether the same was asked already and waits."""
    asked = session.scalars(
        select(DataRequest).where(
            DataRequest.consultation_id == submission.consultation_id,
            DataRequest.submission_id == submission.id,
            DataRequest.kind == kind,
        )
    )
    lasts = [latest(one) for one in asked]
    return any(last is None or last.kind not in ENDING for last in lasts)


def _wanted(kind: str, said: str, checked: str) -> tuple[RequestKind, str, Checked]:
    if errors := _lacking(kind, said, checked):
        raise Invalid(errors)
    return RequestKind(kind), stored(said), Checked(checked)


def _lacking(kind: str, said: str, checked: str) -> dict[str, str]:
    errors = {} if kind in set(RequestKind) else {"data_kind": "choose_one"}
    errors |= {} if checked in set(Checked) else {"checked": "choose_one"}
    words = stored(said)
    if len(words) > SAID_LIMIT:
        errors["said"] = "too_long"
    if kind == RequestKind.CORRECTION and blank(words):
        errors["said"] = "required"
    return errors


def _said(field: str, text: str) -> str:
    said = stored(text)
    if blank(said) or len(said) > SAID_LIMIT:
        raise Invalid({field: "required" if blank(said) else "too_long"})
    return said
