"""Of the scene in which everything that an act may touch is there once: a letter with answers of which something is
said, and a dialogue over one."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import new_id
from consult.people.models import Membership, Organisation, User
from consult.people.words import Role
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import NewDialogue
from consult.responses.remarks import service as remarks
from consult.responses.second_words.terms import SecondWordTerms
from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Submission
from consult.submissions.words import SubmissionKind
from tests.builders import make_actor, make_user
from tests.days import as_typed
from tests.responses.desk_builder import make_desk

Add = Callable[..., None]
TERMS = SecondWordTerms(10, 15)


def add_second_words(add: Add, session: Session, union: Organisation, officer: User) -> None:
    """In a matter of its own, at whose desk the `officer` works too: one answer of which nothing is said yet, and one
    that did not satisfy, over which a dialogue has begun."""
    now = clock.now()
    desk = make_desk(session, now=now, opened_before=70)
    key = {"user_id": officer.id, "organisation_id": desk.body.id}
    session.add(Membership(id=new_id(), **key, role=Role.OFFICER, since=now - timedelta(days=90)))
    session.commit()
    letter = Letter("1/CV", clock.local_day(now), "Lò Văn Ký", "Chủ tịch", "TM.")
    sender = Sender(organisation_id=union.id)
    free, said = desk.receive("Bảy.", "Tám.", kind=SubmissionKind.FORMAL, sender=sender, letter=letter)
    desk.release(free, said)
    for number in (free, said):
        desk.answer(number)
    sent = session.scalars(select(Submission).where(Submission.consultation_id == desk.matter.id)).one()
    writes, signs = (make_actor(session, union, role, user=make_user(session, union, [role])) for role in (
        Role.DRAFTER, Role.SENDER,
    ))  # fmt: skip
    remarks.write(session, desk.matter, sent, said, "unsatisfied", "Chưa đủ.", TERMS, writes, now)
    remarks.sign(session, desk.matter, sent, [said], TERMS, signs, now)
    new = NewDialogue(now - timedelta(minutes=30), "Trụ sở", "Bà Ký", [said])
    made = dialogues.call(session, desk.matter, sent, new, TERMS, desk.officer, now - timedelta(hours=1))
    session.commit()
    where = {"slug": desk.matter.slug, "letter": sent.number}
    day = as_typed(clock.local_day(now) + timedelta(days=4))
    add("workspace.remarks.write", {"remark": "Chưa đủ.", "verdict": "unsatisfied"}, number=free, **where)
    add("workspace.remarks.sign", number=free, **where)
    add("workspace.remarks.write_every", {"verdict": "satisfied"}, **where)
    add("workspace.remarks.sign_every", **where)
    called = {"comment": str(said), "day": day, "time": "14:00", "place": "Trụ sở", "invited": "Bà Ký"}
    add("desk.dialogues.call", called, **where)
    minutes = {"attendees": "Bà Ký", f"agreed-{said}": "yes", f"outcome-{said}": "Thống nhất."}
    add("desk.dialogues.record", minutes, slug=where["slug"], number=made.number)
    paper = {"verdict": "unsatisfied", "remark": "Chưa đủ.", "received_on": clock.local_day(now).isoformat()}
    add("desk.remarks.record", paper, **where)
    add("workspace.amending.amend", slug=where["slug"], number=where["letter"])
    add("workspace.sending.looked", slug=where["slug"], number=where["letter"])
