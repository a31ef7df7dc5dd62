"""A worker that stood still for three days: whoever sends is told what they would have been told meanwhile, once; what
has been said and done since is not told as if it were still to come."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation import publication
from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from consult.responses.answers import extension
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import NewDialogue
from consult.responses.questions import service as questions
from consult.responses.remarks import service as remarks
from consult.responses.second_words.terms import SecondWordTerms
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Submission
from consult.submissions.words import Channel, CommentActKind, ContactKind, SubmissionKind
from tests.application import end, make_app
from tests.builders import NOW, make_actor, make_organisation, make_unit, make_user, period_of
from tests.database import SqliteDatabases
from tests.notices.mailbox import in_folder
from tests.responses.desk_builder import Desk, comment, make_desk

CITIZEN, NEIGHBOUR, BODY, UNIT = "mai@example.invalid", "cuc@example.invalid", "soan@hoi.vn", "van-phong@hoi.vn"
TERMS = SecondWordTerms(10, 15)
Told = dict[str, Counter[str]]


@dataclass
class Life:
    """A site, its desk, and the acts of three days, each at its own moment; `tick` is what happens after each."""

    app: Flask
    session: Session
    tick: Callable[[datetime], None]
    withdrawn: bool
    desk: Desk = field(init=False)
    body: Organisation = field(init=False)
    numbers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk = make_desk(self.session, Stage.OPEN, title="Quyết định về phân loại rác")
        for word, user in self.desk.people.items():
            user.mail = f"{word}@so.vn"
        self.body = make_organisation(self.session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân")
        unit = make_unit(self.session, self.body, "Văn phòng")
        unit.mailbox = UNIT
        self.writes, self.signs = (
            make_actor(self.session, self.body, role, user=make_user(self.session, self.body, [role], **of))
            for role, of in ((Role.DRAFTER, {"mail": BODY, "unit": unit}), (Role.SENDER, {"mail": "ky@hoi.vn"}))
        )
        self.session.commit()

    def send(self, text: str, contact: str = CITIZEN) -> int:
        """A comment of somebody who left a mail address."""
        sender = Sender("Mai", contact_kind=ContactKind.MAIL, contact=contact)
        (number,) = self.desk.receive(text, sender=sender, channel=Channel.WEB)
        return number

    def write(self, *texts: str) -> list[int]:
        """A letter of the body."""
        letter, sender = Letter("12-CV/HND", clock.local_day(NOW)), Sender(organisation_id=self.body.id)
        return self.desk.receive(*texts, kind=SubmissionKind.FORMAL, sender=sender, letter=letter)

    def by_two(self, number: int, kind: CommentActKind, reason: str, **details: str) -> None:
        """Decided by two people."""
        self.desk.by_two(number, kind, reason, **details)

    def days(self) -> Iterator[list[Callable[[], object]]]:
        """The acts of each of the three days."""
        desk, session = self.desk, self.session
        yield [
            lambda: self.numbers.extend(self.send(f"Ý kiến {number}.") for number in range(3)),
            lambda: self.numbers.extend(self.write("Cần lộ trình.", "Cần kinh phí.")),
            lambda: self.by_two(self.numbers[0], CommentActKind.WITHHELD, "personal_data"),
        ]
        yield [
            lambda: self.numbers.extend(self.send(f"Ý kiến thêm {number}.") for number in range(2)),
            lambda: self.send("Của người khác.", NEIGHBOUR),
            lambda: self.by_two(self.numbers[1], CommentActKind.INVALID, "off_topic"),
            lambda: questions.ask(
                session, desk.matter, self.numbers[2], "Ở thôn nào?", 10, desk.officer, desk.now
            ),
            lambda: desk.release(*self.numbers[3:5]),
            lambda: self.answered(self.numbers[3:5]),
            lambda: publication.extend(
                session, desk.matter, period_of(session, desk.matter).id, clock.local_day(NOW) + timedelta(days=60),
                "Theo đề nghị.", desk.publisher, desk.now,
            ),
        ]  # fmt: skip
        yield [
            lambda: self.numbers.extend(self.send(f"Ý kiến cuối {number}.") for number in range(2)),
            lambda: self.say(self.numbers[3]),
            lambda: self.call(self.numbers[3]),
            lambda: desk.answer(self.numbers[5], text="Tiếp thu."),
            lambda: extension.extend_answers(
                session, desk.matter, clock.local_day(NOW) + timedelta(days=150), "Nhiều ý kiến.", desk.publisher,
                desk.now,
            ),
            lambda: desk.by_two(self.numbers[6], CommentActKind.REDACTED, "insult", text="[…]"),
            lambda: acts.split(
                session, desk.matter, self.numbers[6], [comment("Một."), comment("Hai.")], desk.officer, desk.now
            ),
            lambda: self.end(),
        ]  # fmt: skip

    def answered(self, numbers: list[int]) -> None:
        """Both points of the letter are answered, each on its own."""
        for number in numbers:
            self.desk.answer(number, text=f"Trả lời {number}.")

    def end(self) -> None:
        """The whole matter is withdrawn, where it is."""
        if self.withdrawn:
            publication.withdraw(self.session, self.desk.matter, "Soạn lại.", self.desk.publisher, self.desk.now)

    def letter(self) -> Submission:
        """The letter."""
        own = (Submission.consultation_id == self.desk.matter.id, Submission.organisation_id == self.body.id)
        return self.session.scalars(select(Submission).where(*own)).one()

    def say(self, number: int) -> None:
        """The answer does not satisfy the body."""
        desk, letter = self.desk, self.letter()
        remarks.write(
            self.session, desk.matter, letter, number, "unsatisfied", "Chưa rõ.", TERMS, self.writes, desk.now
        )
        remarks.sign(self.session, desk.matter, letter, [number], TERMS, self.signs, desk.now)

    def call(self, number: int) -> None:
        """A dialogue is called over it."""
        new = NewDialogue(self.desk.now + timedelta(days=5), "Trụ sở Sở", "Bà Ký", [number])
        dialogues.call(self.session, self.desk.matter, self.letter(), new, TERMS, self.desk.officer, self.desk.now)

    def live(self) -> None:
        """Three days, an hour between two acts."""
        for day, acts_of_day in enumerate(self.days()):
            for hour, act in enumerate(acts_of_day):
                self.desk.now = NOW + timedelta(days=day, hours=hour)
                act()
                self.session.commit()
                self.tick(self.desk.now)


def told(sqlite_databases: SqliteDatabases, folder: Path, still: bool, withdrawn: bool) -> Told:
    """Who is told what when the worker works all the time, or not before the fourth day."""
    app = make_app(sqlite_databases.fresh(), folder)

    def works(now: datetime) -> None:
        while app.extensions["consult.worker"].work_once(now):
            pass

    with app.extensions["consult.database"].session() as session:
        life = Life(app, session, (lambda _now: None) if still else works, withdrawn)
        life.live()
        session.rollback()
        for day in (3, 4):
            works(NOW + timedelta(days=day))
    found: Told = {}
    for mail in in_folder(Path(app.config["MAIL_FOLDER"])):
        found.setdefault(str(mail["To"]), Counter())[str(mail["Subject"])] += 1
    end(app)
    return found


@pytest.mark.parametrize("withdrawn", [False, True])
def test_everybody_is_told_the_same_and_once(
    sqlite_databases: SqliteDatabases, tmp_path: Path, withdrawn: bool
) -> None:
    works = told(sqlite_databases, tmp_path / "works", False, withdrawn)
    still = told(sqlite_databases, tmp_path / "still", True, withdrawn)
    if withdrawn:
        # Who works at the desk has nothing to do there any more.
        works, still = ({to: found[to] for to in (CITIZEN, NEIGHBOUR, BODY, UNIT)} for found in (works, still))
    assert still == works
    assert works[CITIZEN].total() >= 12 and set(works[CITIZEN].values()) == {1}
    assert works[BODY] == works[UNIT] and works[BODY].total() >= 5
