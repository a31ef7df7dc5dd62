"""A matter that is open now, with comments in every state and answers, made through the services people use."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.responses.answers.approval import approve
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.publication import publish_answers
from consult.responses.desk.assignment import assign
from consult.stages import Stage
from consult.submissions.acts import decisions, splitting
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind, ContactKind
from tests.builders import make_area
from tests.responses.desk_builder import Desk, comment, make_desk

SECRET_NAME = "Lý Thị Kín"
CONTACT = "kin.lythi@example.invalid"
DESK_NOTE = "Ghi chú riêng của cán bộ"
SHOWN_NAME = "Nông Văn Mở"
HIDDEN_TEXT = "Điều này chưa ai được đọc"


class Scene:
    """The desk of an open matter, and verbs at the present moment."""

    def __init__(self, session: Session, **given: Any) -> None:
        self.desk: Desk = make_desk(session, Stage.OPEN, now=clock.now(), **given)
        self.session, self.matter = session, self.desk.matter
        self.url = f"/lay-y-kien/{self.matter.slug}/"

    @property
    def sent_at(self) -> datetime:
        """A moment while the public period lasts."""
        now = clock.now()
        return max(now - timedelta(hours=2), clock.start_of_day(clock.local_day(now)))

    def send(self, text: str = "Đề nghị giữ nguyên ba nhóm.", path: str = "d2.k1", **given: Any) -> int:
        """One comment by a citizen who keeps the name to themselves; its number."""
        sender = given.pop("sender", Sender(SECRET_NAME, False, None, ContactKind.MAIL, CONTACT))
        said = {name: given.pop(name) for name in ("stance", "proposed", "reason") if name in given}
        return self.desk.receive(comment(text, path, **said), at=self.sent_at, sender=sender, **given)[0]

    def release(self, *numbers: int) -> None:
        """An officer makes them public."""
        acts.release(self.session, self.matter, numbers, self.desk.officer, clock.now())

    def decide(self, number: int, kind: CommentActKind, reason: str, **details: Any) -> None:
        """One officer proposes, another confirms."""
        now = clock.now()
        act = decisions.propose(
            self.session, self.matter, number, kind, reason, self.desk.officer, now, details or None
        )
        decisions.confirm(self.session, self.matter, act.id, self.desk.second_officer, clock.now())

    def hand_to_unit(self, *numbers: int) -> None:
        """The desk's unit has them in hand."""
        desk = self.desk
        assign(self.session, self.matter, numbers, desk.unit.id, desk.people["officer"].id, desk.officer, clock.now())

    def answer(self, *numbers: int, disposition: str = "accepted", text: str = "Tiếp thu.", **given: Any) -> None:
        """Drafted, approved and published."""
        desk = self.desk
        made = draft_answer(self.session, self.matter, numbers, disposition, text, desk.officer, clock.now(), **given)
        approve(self.session, self.matter, [(made.id, desk.hash_of(made))], desk.leader, clock.now())
        publish_answers(self.session, self.matter, [made.id], desk.publisher, clock.now())

    def split(self, number: int) -> None:
        """An officer splits it into two."""
        parts = [comment("Phần thứ nhất.", "d1"), comment("Phần thứ hai.", "d2")]
        splitting.split(self.session, self.matter, number, parts, self.desk.officer, clock.now())

    def quarantine(self, number: int) -> None:
        """An officer sets it apart."""
        acts.quarantine(self.session, self.matter, number, DESK_NOTE, self.desk.officer, clock.now())

    def pass_on(self, number: int) -> None:
        """It goes on to be dealt with under another law."""
        acts.pass_on(self.session, self.matter, [number], DESK_NOTE, self.desk.officer, clock.now())


def every_state(session: Session) -> tuple[Scene, dict[str, int]]:
    """A scene with a comment in each state, and their numbers by what became of them."""
    scene = Scene(session)
    area = make_area(session)
    numbers = {"waiting": scene.send(HIDDEN_TEXT)}
    named = Sender(SHOWN_NAME, True, area.id, ContactKind.MAIL, CONTACT)
    numbers["named"] = scene.send("Nên thêm nhóm thứ tư.", "d1", sender=named)
    for word in ("public", "held", "answered", "withheld", "redacted", "invalid", "split", "quarantined", "passed_on"):
        numbers[word] = scene.send(f"{HIDDEN_TEXT}: {word}" if word in NOT_READABLE else f"Ý kiến {word}")
    scene.release(*(numbers[word] for word in ("named", "public", "held", "answered", "split")))
    scene.hand_to_unit(numbers["held"])
    scene.decide(numbers["withheld"], CommentActKind.WITHHELD, "personal_data")
    scene.decide(numbers["redacted"], CommentActKind.REDACTED, "personal_data", text="Phần còn lại.")
    scene.decide(numbers["invalid"], CommentActKind.INVALID, "off_topic")
    scene.split(numbers["split"])
    scene.quarantine(numbers["quarantined"])
    scene.pass_on(numbers["passed_on"])
    scene.answer(numbers["answered"], text="Sẽ bổ sung khoản 3.", change="Thêm khoản 3", change_path="d2.k2")
    scene.answer(numbers["withheld"], disposition="clarified", text="Chỉ người gửi được đọc.")
    return scene, numbers


NOT_READABLE = ("waiting", "withheld", "redacted", "invalid", "quarantined", "passed_on")
