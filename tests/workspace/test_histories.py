"""Any history of several people who open, type, add, take out, save and send a draft: nothing anybody saved is lost."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.people.models import Organisation
from consult.people.words import Role
from consult.policy import Actor
from consult.workspace import fields
from consult.workspace.content import DraftContent, read
from consult.workspace.models import DraftVersion
from consult.workspace.points import Point
from consult.workspace.versions import kept, saving
from tests.submissions.rows import MIDWAY, matter
from tests.workspace.test_drafts import FORMAL, LETTER, front_of, member, send, written
from tests.workspace.test_merging import with_field

BEGUN = replace(LETTER, comments=tuple(Point("d1", text=f"Điểm {key}.", key=key) for key in "123"))
NAMES = [name for name in fields.by_name(BEGUN) if not name.startswith(("comments.2.", "comments.3."))]
LETTERS = ("conclusion", "participants", "invited", "questions")
House = tuple[Consultation, Organisation, list[Actor]]
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(("open", "write", "reword", "add", "remove", "save", "save", "send")),
        st.integers(0, 3),
    ),
    min_size=4, max_size=24,
)  # fmt: skip


def words_in(content: DraftContent) -> set[str]:
    """Everything typed in a history: each is typed once."""
    return {text for text in fields.by_name(content).values() if text.startswith("lời")}


@dataclass
class Form:
    """What one person has open, and typed into it."""

    actor: Actor
    opened: int
    content: DraftContent


@dataclass
class History:
    """A draft that several people write, what they have saved, and what somebody who had read it took out again."""

    session: Session
    matter: Consultation
    draft: UUID
    sender: Actor
    forms: list[Form]
    now: datetime = MIDWAY
    typed: int = 0
    saved: set[str] = field(default_factory=set)
    taken_out: set[str] = field(default_factory=set)
    seen: dict[int, tuple[object, ...]] = field(default_factory=dict)

    @property
    def versions(self) -> list[DraftVersion]:
        wanted = DraftVersion.draft_id == self.draft
        return list(self.session.scalars(select(DraftVersion).where(wanted).order_by(DraftVersion.number)))

    def step(self, form: Form, name: str, place: int) -> None:
        """One thing that one person does."""
        self.now += timedelta(minutes=1)
        point = form.content.comments[place % len(form.content.comments)]
        if name == "open":
            draft = saving.find(self.session, self.matter, self.draft, form.actor)
            form.opened, form.content = draft.version, read(draft.content)
        elif name == "write":
            form.content = replace(
                form.content, **{("conclusion", "participants", "invited", "questions")[place]: self.word}
            )
        elif name == "reword":
            form.content = with_field(form.content, f"{fields.named(point.key)}.text", self.word)
        elif name == "add":
            form.content = form.content.with_points(Point("d1", text=self.word))
        elif name == "remove":
            form.content = form.content.without_point(point.key)
        elif name == "save":
            self.save(form)
        else:
            self.send()

    @property
    def word(self) -> str:
        """Something that nobody has typed yet."""
        self.typed += 1
        return f"lời {self.typed}."

    def save(self, form: Form) -> None:
        opened = kept.read(next(one for one in self.versions if one.number == form.opened))
        try:
            saving.save(self.session, self.matter, self.draft, form.content, form.opened, form.actor, self.now)
        except Refused as refused:
            assert refused.reason == "already_sent" and not words_in(form.content) - self.saved, "nothing was typed"
        self.saved |= words_in(form.content)
        self.taken_out |= words_in(opened) - words_in(form.content)

    def send(self) -> None:
        draft = saving.find(self.session, self.matter, self.draft, self.sender)
        if read(draft.content).said:
            send(self.session, self.matter, (draft.id, draft.version), self.sender, self.now)

    def check(self) -> None:
        """Every version stays as it was; what was saved stands in the draft or waits, unless somebody who had it before
        them took it out; and in some version for ever."""
        draft = saving.find(self.session, self.matter, self.draft, self.sender)
        told = {one.number: (one.by_id, one.at, one.based_on, repr(kept.read(one))) for one in self.versions}
        assert self.seen.items() <= told.items()
        self.seen = told
        waiting = [version for version, _user in kept.waiting(self.session, draft)]
        there = set().union(words_in(read(draft.content)), *(words_in(kept.read(one)) for one in waiting))
        assert self.saved - self.taken_out <= there
        assert self.saved <= set().union(*(words_in(kept.read(one)) for one in self.versions))


def begin(session: Session, house: House) -> History:
    consultation, front, people = house
    draft, version = written(session, consultation, front, people[0], FORMAL, BEGUN)
    return History(session, consultation, draft, people[3], [Form(one, version, BEGUN) for one in people[:3]])


@pytest.fixture
def house(session: Session) -> House:
    """A matter, and a body with three who write and one who sends."""
    consultation, front = matter(session), front_of(session)
    people = [member(session, front, Role.DRAFTER, name=name) for name in ("An", "Bình", "Chi")]
    return consultation, front, [*people, member(session, front, Role.SENDER, name="Én")]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_that_anybody_saved_is_lost(session: Session, house: House, steps: list[tuple[int, str, int]]) -> None:
    history = begin(session, house)
    for who, name, place in steps:
        history.step(history.forms[who], name, place)
        history.check()


def test_every_field_beside_every_other(session: Session, house: House) -> None:
    """One changes a field while another changes all others: both stand. The same field is asked, and both are kept."""
    for first in NAMES:
        history = begin(session, house)
        mine, theirs, same = history.forms
        mine.content = with_field(BEGUN, first, "lời tôi.")
        same.content = with_field(BEGUN, first, "lời kia.")
        for other in NAMES:
            if other != first:
                theirs.content = with_field(theirs.content, other, f"lời {other}.")
        for form in history.forms:
            history.save(form)
        history.check()
        [waits] = [version for version in history.versions if version.waits]
        draft = saving.find(session, history.matter, history.draft, mine.actor)
        wanted = with_field(theirs.content, first, "lời tôi.")
        assert (read(draft.content), kept.read(waits)) == (wanted, same.content)
