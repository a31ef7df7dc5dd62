"""The matter that is measured: 100 provisions and comments on them, made through the services that people use."""

import random
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

import config
from consult import create_app
from consult.consultations.files import uploaded_files
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import draft_import
from consult.consultations.preparation.draft_import import BodyNames
from consult.consultations.words import Kind, Procedure
from consult.db import Lock, new_id, writing
from consult.people.models import Membership, User
from consult.people.words import Role
from consult.policy import Actor, Seat
from consult.responses.answers.approval import approve
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.publication import publish_answers
from consult.submissions.acts.service import release
from consult.submissions.inputs import AnchorInput, CommentInput, NewSubmission, Sender
from consult.submissions.receiving.service import receive
from consult.submissions.words import Stance

ARTICLES, CLAUSES = 20, 4
AT_ONCE = 5
ANSWERED_TOGETHER = 10
SUBJECTS = ("chất thải rắn sinh hoạt", "nước thải", "đất nông nghiệp", "rừng phòng hộ", "chất thải thực phẩm")
BODIES = ("Hộ gia đình", "Ủy ban nhân dân cấp xã", "Cơ sở thu gom", "Cộng đồng dân cư", "Chủ nguồn thải")
WISHES = ("cần quy định rõ hơn", "nên có thời gian chuẩn bị", "đề nghị hỗ trợ kinh phí", "cần có người hướng dẫn")


def draft() -> bytes:
    """A draft decision in Markdown: 100 provisions beside its title."""
    lines = ["# Quyết định quy định về quản lý chất thải rắn sinh hoạt"]
    for article in range(1, ARTICLES + 1):
        lines.append(f"### Điều {article}. Quản lý {SUBJECTS[article % len(SUBJECTS)]}")
        for clause in range(1, CLAUSES + 1):
            body = BODIES[(article + clause) % len(BODIES)]
            lines.append(
                f"{clause}. {body} có trách nhiệm phân loại, lưu giữ và chuyển giao {SUBJECTS[clause % len(SUBJECTS)]} "
                "đúng ngày, đúng nơi quy định; giữ gìn vệ sinh môi trường nơi công cộng và phản ánh kịp thời các vi "
                "phạm đến cơ quan có thẩm quyền."
            )
    return "\n\n".join(lines).encode()


@dataclass
class Bench:
    """The matter being filled, and the people of its desk."""

    app: Flask
    slug: str
    desk: dict[Role, Actor]
    chance: random.Random

    def fill(self, comments: int, now: datetime) -> None:
        """Adds so many comments (a multiple of 50); all are released, and a fifth of them answered."""
        with self.app.extensions["consult.database"].session() as session:
            matter = queries.by_slug(session, self.slug)
            numbers = [
                number for _ in range(comments // AT_ONCE) for number in self._receive(session, matter, now)
            ]  # fmt: skip
            for start in range(0, len(numbers), 100):
                release(session, matter, numbers[start : start + 100], self.desk[Role.OFFICER], now)
            self._answer(session, matter, numbers[: comments // 5], now)

    def _receive(self, session: Session, matter: Consultation, now: datetime) -> tuple[int, ...]:
        comments = tuple(self._comment() for _ in range(AT_ONCE))
        key = f"{self.chance.getrandbits(128):032x}"
        new = NewSubmission(comments, now, key, sender=Sender(name="Nguyễn Văn Bình", publish_name=True))
        codes = self.app.extensions["consult.codes"]
        return receive(session, matter, new, now, self.app.extensions["consult.signer"], codes).comment_numbers

    def _comment(self) -> CommentInput:
        path = f"d{self.chance.randint(1, ARTICLES)}.k{self.chance.randint(1, CLAUSES)}"
        said = f"{self.chance.choice(BODIES)} {self.chance.choice(WISHES)} khi quản lý {self.chance.choice(SUBJECTS)}."
        return CommentInput(said, AnchorInput(path=path), self.chance.choice(list(Stance)), reason="Vì thực tế ở xã.")

    def _answer(self, session: Session, matter: Consultation, numbers: list[int], now: datetime) -> None:
        made = [
            draft_answer(session, matter, numbers[start : start + ANSWERED_TOGETHER], "accepted",
                         "Tiếp thu, đã chỉnh sửa tại dự thảo.", self.desk[Role.OFFICER], now)
            for start in range(0, len(numbers), ANSWERED_TOGETHER)
        ]  # fmt: skip
        session.expire_all()
        approve(session, matter, [(one.id, one.versions[-1].hash) for one in made], self.desk[Role.LEADER], now)
        publish_answers(session, matter, [one.id for one in made], self.desk[Role.PUBLISHER], now)


def begin(given: dict[str, str], now: datetime) -> Bench:
    """An open matter on the site of these settings, without comments. While it is filled nothing waits for the disk."""
    settings: dict[str, Any] = {**config.settings(given), "DATABASE_SYNCHRONOUS": "OFF"}
    app = create_app(settings)
    with app.extensions["consult.database"].session() as session:
        matter = _imported(app, session, now)
        desk = {role: _person(session, matter, role, now) for role in (Role.OFFICER, Role.LEADER, Role.PUBLISHER)}
        return Bench(app, matter.slug, desk, random.Random(2026))


def another(made: Bench, now: datetime) -> Bench:
    """A second matter on the same draft, with the same people and without comments."""
    with made.app.extensions["consult.database"].session() as session:
        return replace(made, slug=_imported(made.app, session, now).slug)


def _imported(app: Flask, session: Session, now: datetime) -> Consultation:
    upload = uploaded_files.read_upload(draft(), "du-thao.md", app.extensions["consult.files"])
    kinds = (Kind.LEGAL_DRAFT, Procedure.COMMENT)
    return draft_import.import_draft(session, upload.title, kinds, BodyNames(), upload, True, now)


def _person(session: Session, matter: Consultation, role: Role, now: datetime) -> Actor:
    lead = matter.lead
    user = User(id=new_id(), mail=f"{role}@example.invalid", name=role.value.capitalize(), created_at=now)
    seat = Membership(id=new_id(), user_id=user.id, organisation_id=lead.id, role=role, since=now)
    with writing(session, Lock.PEOPLE):
        session.add(user)
        session.flush()
        session.add(seat)
    return Actor(user.id, user.name, (Seat(lead.id, lead.kind, lead.level, role),))
