"""A published matter with a small draft, in as few rows as the rules of receiving need."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.models import Consultation, LegalProfile, Period
from consult.consultations.words import Audience, Disclosure, DocumentRole, Kind, Procedure
from consult.db import new_id
from consult.ledger.checkpoint import SiteKey
from consult.ledger.service import Signer
from consult.people.models import Area, Organisation, User
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor, Seat
from consult.submissions.inputs import AnchorInput, CommentInput, NewSubmission
from tests.application import CODES as CODES
from tests.application import LATER_CODES as LATER_CODES

OPENS = datetime(2027, 2, 28, 17, tzinfo=UTC)
"""The first instant of 1 March 2027 in Asia/Ho_Chi_Minh."""
CLOSES = datetime(2027, 3, 21, 17, tzinfo=UTC)
"""The first instant after 21 March 2027 in Asia/Ho_Chi_Minh."""
MIDWAY = datetime(2027, 3, 10, 3, tzinfo=UTC)
SIGNER = Signer("consult.test/ledger", (SiteKey(Ed25519PrivateKey.from_private_bytes(b"7" * 32), OPENS),))
PROVISIONS = (
    ("d1", "article", "1", "Điều 1.", "Phạm vi điều chỉnh", "Quyết định này quy định việc phân loại chất thải."),
    ("d1.k1", "clause", "1", "1.", "", "Hộ gia đình phân loại chất thải rắn sinh hoạt tại nguồn."),
    ("d1.k1.pdd", "point", "đ", "đ)", "", "Chất thải nguy hại để riêng."),
    ("d12a", "article", "12a", "Điều 12a.", "Kinh phí", ""),
    ("d12a.k3", "clause", "3", "3.", "", "Mức hỗ trợ là 50.000 đồng."),
)


def key(word: str = "one") -> str:
    """An idempotency key for a test, long enough."""
    return f"{word:-<32}"


def organisation(session: Session, name: str, kind: OrganisationKind, level: Level = Level.PROVINCE) -> Organisation:
    """A body with nothing but what rules ask for."""
    made = Organisation(id=new_id(), name=name, kind=kind, level=level, folded_name=name.casefold())
    session.add(made)
    session.flush()
    return made


def person(session: Session, name: str, mail: str) -> User:
    """Somebody who can act."""
    made = User(id=new_id(), mail=mail, name=name, created_at=OPENS - timedelta(days=30))
    session.add(made)
    session.flush()
    return made


def officer(session: Session, consultation: Consultation, name: str = "An", role: Role = Role.OFFICER) -> Actor:
    """A person of the lead body's desk."""
    made = person(session, name, f"{new_id()}@example.test")
    session.commit()
    seat = Seat(consultation.lead_id, OrganisationKind.DEPARTMENT, Level.PROVINCE, role)
    return Actor(made.id, name, (seat,))


def area(session: Session, name: str = "xã Phong Quang", folded: str = "xa phong quang") -> Area:
    """A commune in force."""
    made = Area(
        id=new_id(),
        code="01234",
        name=name,
        kind="commune",
        level=Level.COMMUNE,
        valid_from=date(2025, 7, 1),
        folded_name=folded,
    )
    session.add(made)
    session.commit()
    return made


def matter(session: Session, slug: str = "phan-loai", short_key: str = "012", **given: Any) -> Consultation:
    """An open matter with five provisions, and a further document with one page; `given` replaces its facts."""
    lead = organisation(session, "Sở Nông nghiệp và Môi trường", OrganisationKind.DEPARTMENT)
    author = person(session, "Bình", f"{slug}@example.test")
    profile = LegalProfile(id=new_id(), code=f"test-{slug}", name="", valid_from=date(2025, 1, 1), rules={})
    session.add(profile)
    session.flush()
    facts: dict[str, Any] = {"title": "Quyết định về phân loại chất thải", "published_at": OPENS, **given}
    made = Consultation(
        id=new_id(),
        slug=slug,
        short_key=short_key,
        kind=Kind.LEGAL_DRAFT,
        procedure=Procedure.COMMENT,
        disclosure=facts.pop("disclosure", Disclosure.ON_RELEASE),
        lead_id=lead.id,
        answering_id=lead.id,
        issuing_id=lead.id,
        project={},
        profile_id=profile.id,
        created_at=OPENS - timedelta(days=9),
        created_by_id=author.id,
        content_version=1,
        **facts,
    )
    session.add(made)
    session.flush()
    period(session, made, Audience.PUBLIC)
    _drafts(session, made, author)
    session.commit()
    session.refresh(made)
    return made


def period(
    session: Session,
    consultation: Consultation,
    audience: Audience,
    opens: datetime = OPENS,
    closes: datetime | None = CLOSES,
) -> None:
    """Days for an audience."""
    session.add(
        Period(
            consultation_id=consultation.id, id=new_id(), audience=audience, opens_at=opens, closes_at=closes, rule={}
        )
    )
    session.flush()


def comment(text: str = "Nên bỏ khoản này.", path: str = "d1.k1", **given: Any) -> CommentInput:
    """One comment as typed."""
    return CommentInput(text, AnchorInput(path=path) if path else None, **given)


def new(*comments: CommentInput, word: str = "one", at: datetime = MIDWAY, **given: Any) -> NewSubmission:
    """A citizen's submission."""
    return NewSubmission(comments or (comment(),), at, key(word), **given)


def _revision(session: Session, consultation: Consultation, document: Document, author: User, grammar: str) -> Revision:
    made = Revision(
        consultation_id=consultation.id,
        id=new_id(),
        document_id=document.id,
        number=1,
        file_hash="0" * 64,
        file_name="draft.docx",
        media_type="text/plain",
        file_size=1,
        grammar=grammar,
        warnings=[],
        created_at=OPENS,
        created_by_id=author.id,
        published_at=OPENS,
    )
    session.add(made)
    return made


def _drafts(session: Session, consultation: Consultation, author: User) -> None:
    main, further = (
        Document(consultation_id=consultation.id, id=new_id(), number=number, role=role, title=title)
        for number, role, title in (
            (1, DocumentRole.MAIN, "Dự thảo quyết định"),
            (2, DocumentRole.FURTHER, "Báo cáo tác động"),
        )
    )
    session.add_all([main, further])
    revision = _revision(session, consultation, main, author, "articles")
    report = _revision(session, consultation, further, author, "pages")
    parents: dict[str, Any] = {}
    for position, (path, kind, label, marker, heading, text) in enumerate(PROVISIONS):
        parents[path] = new_id()
        session.add(
            Provision(
                consultation_id=consultation.id,
                id=parents[path],
                revision_id=revision.id,
                parent_id=parents.get(path.rpartition(".")[0]),
                position=position,
                depth=path.count("."),
                path=path,
                kind=kind,
                label=label,
                marker=marker,
                heading=heading,
                text=text,
            )
        )
    session.add(
        Page(
            consultation_id=consultation.id,
            id=new_id(),
            revision_id=report.id,
            number=7,
            text="Bụi và tiếng ồn trong giai đoạn thi công.",
            width=595.0,
            height=842.0,
        )
    )
