"""However something is sent, the same rows are written: by the public form on a bare connection, by everybody else with
a session, alone or inside an act of their own."""

import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consult.consultations.matter import policy_facts
from consult.consultations.matter.queries import by_slug
from consult.consultations.words import Audience, Disclosure, Kind
from consult.db import Database, writing
from consult.errors import Invalid, Refused
from consult.people.models import Area, Organisation, User
from consult.people.words import OrganisationKind
from consult.submissions.inputs import (
    AnchorInput,
    AttachmentInput,
    CommentInput,
    Cosigned,
    CritiqueInput,
    Letter,
    NewSubmission,
    Receipt,
    Sender,
)
from consult.submissions.receiving.service import receive, receive_at_once
from consult.submissions.words import (
    CRITIQUE_CRITERIA,
    PROCEEDINGS,
    Channel,
    ContactKind,
    CritiqueForm,
    Stance,
    SubmissionKind,
    Topic,
    VoiceLanguage,
)
from tests.database import Databases
from tests.submissions.rows import CODES, MIDWAY, OPENS, SIGNER, area, key, matter, organisation, period
from tests.submissions.stored_rows import copy_rows, stored

SLUG = "phan-loai"
NOW = MIDWAY + timedelta(minutes=5)
Way = Callable[[Database, NewSubmission], Receipt]


def on_a_bare_connection(database: Database, new: NewSubmission) -> Receipt:
    with database.engine.connect() as bare:
        return receive_at_once(database, bare, policy_facts.by_slug(bare, SLUG), new, NOW, SIGNER, CODES)


def with_a_session(database: Database, new: NewSubmission) -> Receipt:
    with database.session() as session:
        return receive(session, by_slug(session, SLUG), new, NOW, SIGNER, CODES)


def inside_an_act(database: Database, new: NewSubmission) -> Receipt:
    with database.session() as session:
        made = by_slug(session, SLUG)
        with writing(session, made.id):
            return receive(session, made, new, NOW, SIGNER, CODES)


PHASES = (Phase.explicit, Phase.generate)
"""No shrinking: what was sent before is in the databases."""
WAYS: tuple[Way, ...] = (on_a_bare_connection, with_a_session, inside_an_act)


@pytest.fixture(params=[Disclosure.ON_RELEASE, Disclosure.AT_ONCE])
def copies(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[list[Database]]:
    """The same matter, with the same ids, in a database for each way."""
    urls = [databases.fresh() for _ in WAYS]
    made = [Database(url, tmp_path, synchronous="OFF") for url in urls]
    with made[0].session() as session:
        organisation(session, "Ủy ban Mặt trận Tổ quốc tỉnh", OrganisationKind.FRONT_COMMITTEE)
        area(session)
        one = matter(session, SLUG, disclosure=request.param)
        one.kind = Kind.EIA_REPORT
        period(session, one, Audience.CRITIQUE, closes=MIDWAY - timedelta(days=1))
        session.commit()
    for other in made[1:]:
        copy_rows(made[0].engine, other.engine)
    yield made
    for database, url in zip(made, urls, strict=True):
        database.engine.dispose()
        databases.drop(url)


WORDS = st.sampled_from(["Nên bỏ khoản này.", "  hai   dòng\n\nkhác ", "é bằng hai ký tự", 'nháy " và \\', "😀"])
MAYBE_WORDS = st.just("") | WORDS
ANCHORS = st.none() | st.sampled_from(
    [
        AnchorInput(path="d1.k1"),
        AnchorInput(path="d1.k1", quote="Hộ gia đình"),
        AnchorInput(path="d1.k1.pdd", revision=1),
        AnchorInput(),
        AnchorInput(document=2),
        AnchorInput(document=2, page=7),
        AnchorInput(document=2, page=7, part=(100, 200, 300, 50)),
        AnchorInput(document=2, page=7, box=(59.5, 84.2, 119.0, 84.2)),
    ]
)
COMMENTS = st.builds(
    CommentInput,
    text=WORDS,
    anchor=ANCHORS,
    stance=st.none() | st.sampled_from(Stance),
    proposed=MAYBE_WORDS | st.just("1. Hộ gia đình phân loại chất thải rắn sinh hoạt tại nguồn."),
    reason=MAYBE_WORDS,
    topic=st.none() | st.sampled_from(Topic),
)
LETTERS = st.builds(
    Letter,
    number=st.sampled_from(["", "12/CV-MTTQ"]),
    on=st.none() | st.just(MIDWAY.date()),
    signatory_name=MAYBE_WORDS,
    signatory_office=MAYBE_WORDS,
    signing_line=MAYBE_WORDS,
)
CONTACTS = st.sampled_from(
    [(ContactKind.NONE, ""), (ContactKind.MAIL, "an@example.test"), (ContactKind.TELEPHONE, "0912 345 678")]
)
CRITERIA = st.dictionaries(st.sampled_from(CRITIQUE_CRITERIA), WORDS) | st.just({"impact": {"economy": "Tăng chi."}})
CRITIQUES = st.builds(
    CritiqueInput,
    form=st.sampled_from([str(form) for form in CritiqueForm]),
    criteria=CRITERIA,
    conclusion=WORDS,
    held_on=st.none() | st.just(MIDWAY.date()),
    participants=MAYBE_WORDS,
    agreement_number=st.sampled_from(["", "7/TT"]),
    agreement_on=st.none() | st.just(MIDWAY.date()),
    proceedings=st.dictionaries(st.sampled_from(PROCEEDINGS), WORDS),
)


@st.composite
def files(draw: st.DrawFn, comments: int) -> tuple[AttachmentInput, ...]:
    """Files of the whole, and voices and files of single comments."""
    of_all = st.builds(AttachmentInput, st.just("a" * 64), WORDS, st.just("application/pdf"), st.integers(1, 10**9))
    voice = st.builds(
        AttachmentInput,
        st.just("b" * 64),
        st.just("ghi-am.webm"),
        st.just("audio/webm"),
        st.integers(1, 10**6),
        role=st.just("voice"),
        comment=st.integers(0, comments - 1),
        language=st.sampled_from([str(one) for one in VoiceLanguage]),
        seconds=st.integers(0, 300),
    )
    return tuple(draw(st.lists(of_all, max_size=2)) + draw(st.lists(voice, max_size=1)))


@st.composite
def submissions(draw: st.DrawFn, people: dict[str, Any], words: Iterator[int]) -> NewSubmission:
    """What any channel may hand over; some of it is refused, by every way alike."""
    comments = tuple(draw(st.lists(COMMENTS, min_size=1, max_size=3)))
    kind = draw(st.sampled_from(SubmissionKind))
    contact_kind, contact = draw(CONTACTS)
    body = people["body"] if kind is not SubmissionKind.COMMENT or draw(st.booleans()) else None
    others = st.builds(Cosigned, st.just(people["body"]), WORDS, st.just(MIDWAY.date()))
    paper = draw(st.booleans())
    sender = Sender(
        draw(MAYBE_WORDS),
        draw(st.booleans()),
        draw(st.none() | st.just(people["area"])),
        contact_kind,
        contact,
        body,
    )
    return NewSubmission(
        comments,
        MIDWAY,
        key(f"n{next(words)}"),
        kind,
        draw(st.sampled_from(Channel)),
        draw(st.sampled_from(["vi", "en"])),
        sender,
        draw(LETTERS),
        draw(CRITIQUES) if kind is SubmissionKind.CRITIQUE else None,
        cosigned=tuple(draw(st.lists(others, max_size=2))),
        attachments=draw(files(len(comments))),
        received_at=OPENS + timedelta(days=2) if paper else None,
        received_reason="Gửi qua bưu điện" if paper else "",
        recorded_by_id=people["user"] if paper else None,
    )


def test_every_way_of_sending_writes_the_same_rows(copies: list[Database], monkeypatch: pytest.MonkeyPatch) -> None:
    """All columns of all tables, and what is answered: after each submission the databases are still the same."""
    with copies[0].session() as session:
        one = {"body": select(Organisation.id).where(Organisation.kind == OrganisationKind.FRONT_COMMITTEE)}
        asked = {**one, "area": select(Area.id), "user": select(User.id)}
        people = {name: session.scalars(statement).one() for name, statement in asked.items()}

    def outcome(way: Way, database: Database, new: NewSubmission) -> object:
        chance, number = Random(new.idempotency_key), count()
        monkeypatch.setattr(secrets, "token_bytes", chance.randbytes)
        monkeypatch.setattr(secrets, "randbits", lambda _bits: next(number))
        try:
            return way(database, new)
        except (Invalid, Refused) as refused:
            return type(refused), str(refused), vars(refused)

    received: list[object] = []

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(submissions(people, count()))
    def alike(new: NewSubmission) -> None:
        first, *others = (outcome(way, database, new) for way, database in zip(WAYS, copies, strict=True))
        assert others == [first] * len(others)
        received.append(first)
        rows = []
        for database in copies:
            with database.engine.connect() as connection:
                rows.append(stored(connection))
        for table in rows[0]:
            assert [one[table] for one in rows[1:]] == [rows[0][table]] * len(others), table

    alike()
    assert sum(isinstance(one, Receipt) for one in received) > len(received) // 2
