"""A letter of the Front with answers that are public, and the people who speak of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import NewDialogue
from consult.responses.models import Response
from consult.responses.remarks import service as remarks
from consult.responses.second_words.models import Dialogue
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.told import SecondWord, second_words
from consult.stages import Stage
from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind
from tests.builders import make_actor, make_organisation, make_user
from tests.responses.desk_builder import Desk, comment, make_desk

TERMS = SecondWordTerms(10, 15)
WHY = "Lộ trình hai năm chưa được nêu."


@dataclass
class Answered:
    """The desk with a letter of the Front, its answered comments, and the two people of the Front."""

    desk: Desk
    front: Organisation
    letter: Submission
    numbers: list[int]
    responses: list[Response]
    drafter: Actor
    sender: Actor

    @property
    def session(self) -> Session:
        return self.desk.session

    def later(self, days: int = 0, hours: int = 0) -> datetime:
        """So much later than the desk's own moment."""
        return self.desk.now + timedelta(days=days, hours=hours)

    def say(self, *numbers: int, verdict: str = "unsatisfied", text: str = WHY, at: datetime | None = None) -> None:
        """Written by the drafter and signed by the sender."""
        moment = at or self.later(hours=1)
        for number in numbers:
            remarks.write(
                self.session, self.desk.matter, self.letter, number, verdict, text, TERMS, self.drafter, moment
            )
        remarks.sign(self.session, self.desk.matter, self.letter, numbers, TERMS, self.sender, moment)

    def call(self, *numbers: int, days: int = 3, at: datetime | None = None) -> Dialogue:
        """A dialogue some days later, called two hours later."""
        new = NewDialogue(self.later(days=days), "Phòng họp 2, Sở", "Bà Ký, Chủ tịch", list(numbers))
        moment = at or self.later(hours=2)
        return dialogues.call(self.session, self.desk.matter, self.letter, new, TERMS, self.desk.officer, moment)

    def word(self, number: int) -> SecondWord:
        """What is said of the answer to a comment."""
        self.session.expire_all()
        own = (Comment.consultation_id == self.desk.matter.id, Comment.number == number)
        key = self.session.scalars(select(Comment.id).where(*own)).one()
        return second_words(self.session, self.desk.matter.id, [key])[key]

    def final(self, response: Response, at: datetime) -> None:
        """A further version of the answer, approved and published at a moment."""
        before, self.desk.now = self.desk.now, at
        self.desk.answer(*[number for number in self.numbers if self.responses[self.numbers.index(number)] is response],
                         response_id=response.id, text="Bổ sung lộ trình hai năm.")  # fmt: skip
        self.desk.now = before


def make_answered(session: Session, *said: str, now: datetime | None = None) -> Answered:
    """A critique-free letter of the Front with one comment for each text, each answered on its own."""
    desk = make_desk(session, Stage.RESPONDING, **({"now": now} if now else {}))
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận tỉnh")
    letter = Letter("12/MTTQ-BTT", clock.local_day(desk.now), "Lò Văn Ký", "Chủ tịch", "TM.")
    texts = [comment(text) for text in said or ("Cần lộ trình.", "Cần kinh phí.")]
    numbers = desk.receive(*texts, kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=front.id), letter=letter)
    desk.release(*numbers)
    responses = [desk.answer(number) for number in numbers]
    sent = session.scalars(select(Submission).where(Submission.consultation_id == desk.matter.id)).one()
    people = [(Role.DRAFTER, "Lường Thị Soạn"), (Role.SENDER, "Lò Văn Ký")]
    drafter, sender = (
        make_actor(session, front, role, user=make_user(session, front, [role], name)) for role, name in people
    )
    return Answered(desk, front, sent, list(numbers), responses, drafter, sender)
