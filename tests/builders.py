"""Rows and matters for tests, with good defaults, made through the services wherever that is cheap.

Everything takes the session first; what a test cares about is given by name, the rest is made up. `NOW` is the moment
that tests live at: Monday 23 November 2026, 10:00 in Việt Nam.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.inputs import NewConsultation, ReadFile
from consult.consultations.models import Consultation, Holiday, LegalProfile, Period
from consult.consultations.preparation import documents, publication
from consult.consultations.preparation import service as preparation
from consult.consultations.reference import seeding
from consult.consultations.words import Audience, Disclosure, DocumentRole, Kind, Procedure
from consult.data.models import ReleasedRow
from consult.db import new_id
from consult.outline.entry import read_outline
from consult.people.models import Area, Membership, Organisation, Unit, User
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor, Seat
from consult.stages import Stage
from consult.text import folded

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

DRAFT = """# Quyết định quy định về phân loại chất thải rắn sinh hoạt

## Chương I. QUY ĐỊNH CHUNG

### Điều 1. Phạm vi điều chỉnh

Quyết định này quy định việc phân loại chất thải rắn sinh hoạt tại hộ gia đình.

### Điều 2. Trách nhiệm của hộ gia đình

1. Hộ gia đình phân loại chất thải rắn sinh hoạt thành ba nhóm:

a) Chất thải có khả năng tái chế;

b) Chất thải thực phẩm;

c) Chất thải khác;

d) Chất thải cồng kềnh;

đ) Chất thải nguy hại.

2. Hộ gia đình giao chất thải đúng ngày, đúng nơi.

## Chương II. TỔ CHỨC THỰC HIỆN

### Điều 3. Hiệu lực thi hành

Quyết định này có hiệu lực từ ngày ký.
"""

OPENED_BEFORE = {Stage.OPEN: 5, Stage.RESPONDING: 40, Stage.CONCLUDED: 60, Stage.WITHDRAWN: 5}
"""How many days before NOW a matter of a stage was published; its period lasts 20 days."""

_numbers = count(1)
_RULES = [LegalProfile.__table__, Holiday.__table__, ReleasedRow.__table__]
_seeded: list[list[dict[str, Any]]] = []


def make_area(
    session: Session,
    name: str = "Xã Phong Quang",
    level: Level = Level.COMMUNE,
    parent: Area | None = None,
    valid_from: date = date(2025, 7, 1),
    valid_to: date | None = None,
    code: str | None = None,
) -> Area:
    """An area in force since `valid_from`."""
    area = Area(
        id=new_id(),
        code=code or f"9{next(_numbers):04d}",
        name=name,
        kind="commune" if level is Level.COMMUNE else level.value,
        level=level,
        parent_id=parent.id if parent else None,
        valid_from=valid_from,
        valid_to=valid_to,
        folded_name=folded(name),
    )
    return _saved(session, area)


def make_organisation(
    session: Session,
    kind: OrganisationKind = OrganisationKind.DEPARTMENT,
    level: Level = Level.PROVINCE,
    name: str | None = None,
    area: Area | None = None,
) -> Organisation:
    """A body; without a name it gets one that tells its kind."""
    called = name or f"{kind.value.replace('_', ' ').capitalize()} {next(_numbers)}"
    return _saved(
        session,
        Organisation(
            id=new_id(),
            name=called,
            short_name=called,
            kind=kind,
            level=level,
            area_id=area.id if area else None,
            place="Thái Nguyên",
            folded_name=folded(called),
        ),
    )


def make_unit(session: Session, organisation: Organisation, name: str = "Phòng Môi trường") -> Unit:
    """A unit (phòng, ban) of a body."""
    return _saved(session, Unit(id=new_id(), organisation_id=organisation.id, name=name))


def make_user(
    session: Session,
    organisation: Organisation | None = None,
    roles: Iterable[Role] = (),
    name: str = "Nguyễn Thị Mai",
    mail: str | None = None,
    unit: Unit | None = None,
    password_hash: str | None = None,
) -> User:
    """A person who may sign in, with `roles` for `organisation` since a year before NOW."""
    user = User(
        id=new_id(),
        mail=mail or f"person{next(_numbers)}@example.invalid",
        name=name,
        password_hash=password_hash,
        created_at=NOW - timedelta(days=365),
    )
    session.add(user)
    for role in roles:
        assert organisation is not None, "a role is held for an organisation"
        session.add(
            Membership(
                id=new_id(),
                user_id=user.id,
                organisation_id=organisation.id,
                unit_id=unit.id if unit else None,
                role=role,
                since=NOW - timedelta(days=365),
            )
        )
    return _saved(session, user)


def make_actor(
    session: Session,
    organisation: Organisation | None = None,
    *roles: Role,
    user: User | None = None,
    name: str = "Nguyễn Thị Mai",
) -> Actor:
    """Who acts: a person of `organisation` with `roles`, in the database and as the policy sees them."""
    person = user or make_user(session, organisation, roles, name)
    if organisation is None:
        return Actor(person.id, person.name)
    seats = tuple(Seat(organisation.id, organisation.kind, organisation.level, role) for role in roles)
    return Actor(person.id, person.name, seats)


def make_publisher(session: Session) -> Actor:
    """Who prepares and publishes matters for every body there is by now."""
    person = make_user(session)
    bodies = session.scalars(select(Organisation)).all()
    roles = (Role.OFFICER, Role.PUBLISHER)
    return Actor(
        person.id, person.name, tuple(Seat(one.id, one.kind, one.level, role) for one in bodies for role in roles)
    )


def make_rules(session: Session) -> None:
    """The project's own holidays and legal profiles, once for each database: seeded into the first, copied after."""
    there = [session.execute(select(table).limit(1)).first() is not None for table in _RULES]
    if there[0]:
        return
    if any(there) or not _seeded:
        seeding.seed_rules(session)
        if not any(there):
            _seeded.extend([row._asdict() for row in session.execute(select(table))] for table in _RULES)
        return
    for table, rows in zip(_RULES, _seeded, strict=True):
        session.execute(insert(table), rows)
    session.commit()


def read_text(text: str = DRAFT, name: str = "du-thao.md") -> ReadFile:
    """A Markdown text as the sandbox would give it back, read here and now; the store need not hold it."""
    told = read_outline(text.encode(), name)
    return ReadFile(
        name=name,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        size=len(text.encode()),
        media_type=told["media_type"],
        title=told["title"],
        grammar=told["grammar"],
        provisions=told["provisions"],
        pages=told["pages"],
        warnings=told["warnings"],
    )


def paged(pages: Sequence[str] = ("Trang một", "Trang hai"), name: str = "dtm.pdf") -> ReadFile:
    """A PDF with these pages as the sandbox would give it back."""
    return ReadFile(
        name=name,
        hash=hashlib.sha256("\f".join(pages).encode()).hexdigest(),
        size=1000,
        media_type="application/pdf",
        title="",
        grammar="pages",
        pages=[
            {"number": number, "text": text, "width": 595.0, "height": 842.0}
            for number, text in enumerate(pages, start=1)
        ],
    )


def new_matter(
    session: Session,
    kind: Kind = Kind.LEGAL_DRAFT,
    procedure: Procedure = Procedure.COMMENT,
    lead: Organisation | None = None,
    answering: Organisation | None = None,
    issuing: Organisation | None = None,
    **given: Any,
) -> NewConsultation:
    """The facts of a matter, its bodies made up where none are given: a Front leads and answers its own, an investor
    answers the statutory consultation of an EIA."""
    make_rules(session)
    front = procedure is Procedure.FRONT_OPINION
    lead = lead or make_organisation(
        session, OrganisationKind.FRONT_COMMITTEE if front else OrganisationKind.DEPARTMENT
    )
    if answering is None and procedure is Procedure.EIA_STATUTORY:
        answering = make_organisation(session, OrganisationKind.INVESTOR)
    issuing = issuing or make_organisation(session, OrganisationKind.PEOPLES_COMMITTEE)
    return NewConsultation(
        title=given.pop("title", "Quyết định quy định về phân loại chất thải rắn sinh hoạt"),
        kind=kind,
        procedure=procedure,
        lead_id=lead.id,
        answering_id=(answering or lead).id,
        issuing_id=issuing.id,
        **{"summary": "Ba nhóm chất thải, thu gom theo ngày.", "field": "Môi trường", **given},
    )


def make_consultation(
    session: Session,
    stage: Stage = Stage.OPEN,
    text: str | None = DRAFT,
    upload: ReadFile | None = None,
    actor: Actor | None = None,
    now: datetime = NOW,
    opened_before: int | None = None,
    days: int | None = None,
    disclosure: Disclosure = Disclosure.ON_RELEASE,
    **facts: Any,
) -> Consultation:
    """A matter that stands at `stage` at the moment `now`, with `text` (Markdown) or `upload` as its main draft.

    `facts` are those of `new_matter`. It was published `opened_before` days before `now`; its public period lasts what
    the rules give, or `days`. An announced one opens in a week. A concluded one has the fact, not the act.
    """
    before = opened_before if opened_before is not None else OPENED_BEFORE.get(stage, 5)
    then = now - timedelta(days=before)
    new = replace(new_matter(session, **facts), disclosure=disclosure)
    actor = actor or make_publisher(session)
    consultation = preparation.create(session, new, actor, then)
    main = upload or (read_text(text) if text is not None else None)
    if main is not None:
        title = main.title or new.title
        documents.add_document(session, consultation, title, DocumentRole.MAIN, main, actor, then)
    opening = clock.local_day(now + timedelta(days=7)) if stage is Stage.ANNOUNCED else clock.local_day(then)
    last_days = {Audience.PUBLIC: opening + timedelta(days=days)} if days is not None else {}
    preparation.schedule(session, consultation, opening, last_days, actor, then)
    if stage is not Stage.DRAFTING:
        publication.publish(session, consultation, actor, then)
    if stage is Stage.WITHDRAWN:
        publication.withdraw(session, consultation, "Dự thảo được soạn lại.", actor, now - timedelta(days=1))
    if stage is Stage.CONCLUDED:
        consultation.concluded_at = now - timedelta(days=1)
        session.commit()
    return consultation


def period_of(session: Session, consultation: Consultation, audience: Audience = Audience.PUBLIC) -> Period:
    """The period of a matter for an audience."""
    return next(row for row in preparation.periods_of(session, consultation.id) if row.audience is audience)


def _saved(session: Session, row: Any) -> Any:
    session.add(row)
    session.commit()
    return row
