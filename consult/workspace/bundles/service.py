"""Proposals become points of a draft letter of the Front; what was sent is told on both sides."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import size_limits
from consult.catalogues import translations
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.policy import Actor
from consult.submissions.bundles.recording import Named, record
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.comments.visible import readable_expression
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind
from consult.text import blank, stored
from consult.workspace import content as organisation_content
from consult.workspace import drafts
from consult.workspace.bundles import choosing
from consult.workspace.models import OrganisationDraft
from consult.workspace.points import Point

SOURCE = "proposal:"


def put(
    session: Session,
    consultation: Consultation,
    organisation: Organisation,
    source: Consultation,
    numbers: Sequence[int],
    covering: str,
    draft_id: UUID | None,
    site_url: str,
    actor: Actor,
    now: datetime,
) -> OrganisationDraft:
    """Puts public proposals of `source` into a letter to the body that takes proposals in `consultation`: behind the
    points of a draft, or into a new one that begins with the covering text.

    Raises NotFound where it takes none; Refused("front_only"), and as the drafts of an organisation do;
    Invalid({"chosen": "choose_one" | "not_a_choice", "covering": "required" | "too_long"}).
    """
    if consultation.kind is not Kind.PROPOSALS or source.kind is not Kind.PROPOSALS:
        raise NotFound
    if organisation.kind is not OrganisationKind.FRONT_COMMITTEE:
        raise Refused("front_only")
    found = choosing.chosen(session, source, numbers)
    _check(numbers, found, covering, new=draft_id is None)
    points = [_point(source, one, site_url) for one in found]
    if draft_id is None:
        draft = drafts.start(session, consultation, organisation.id, SubmissionKind.FORMAL, actor, now)
        points.insert(0, Point(text=stored(covering)))
    else:
        draft = drafts.find(session, consultation, draft_id, actor)
        points = _new(draft, points)
    return drafts.add_points(session, consultation, draft.id, points, actor, now) if points else draft


def open_drafts(session: Session, consultation: Consultation, organisation_id: UUID) -> list[OrganisationDraft]:
    """The letters of a body to this matter into which more can be put: those that name proposals already, the newest
    first."""
    own = (OrganisationDraft.consultation_id == consultation.id, OrganisationDraft.organisation_id == organisation_id)
    open_ = (OrganisationDraft.submission_id.is_(None), OrganisationDraft.discarded_at.is_(None))
    rows = session.scalars(
        select(OrganisationDraft)
        .where(*own, *open_)
        .order_by(OrganisationDraft.updated_at.desc(), OrganisationDraft.id)
    )
    return [one for one in rows if named_in(one)]


def named_in(draft: OrganisationDraft) -> list[Named]:
    """The proposals that a draft names, by the address of their matter and their number, in its order."""
    said = organisation_content.read(draft.content).said.values()
    found = (one.source.removeprefix(SOURCE).rpartition("/") for one in said if one.source.startswith(SOURCE))
    return [(slug, int(number)) for slug, _, number in found]


def why_not_sent(session: Session, draft: OrganisationDraft) -> str | None:
    """`proposal_gone` where a draft repeats a proposal that nobody may read any more: it was withdrawn, set apart,
    withheld or erased since it was put in; None otherwise."""
    named = set(named_in(draft))
    if not named:
        return None
    matters = session.execute(
        select(Consultation.slug, Comment.number)
        .join(Comment, Comment.consultation_id == Consultation.id)
        .where(Consultation.slug.in_({slug for slug, _ in named}), Comment.number.in_({number for _, number in named}))
        .where(Consultation.published_at.is_not(None), readable_expression())
    )
    return "proposal_gone" if named - {(slug, number) for slug, number in matters} else None


def sent(
    session: Session, consultation: Consultation, draft: OrganisationDraft, submission_id: UUID, now: datetime
) -> None:
    """A draft was sent: what it names is written down; nothing where it names none. Inside `writing`."""
    named = named_in(draft)
    if named:
        record(session, consultation, session.get_one(Submission, (consultation.id, submission_id)), named, now)


def _check(numbers: Sequence[int], found: Sequence[PublicComment], covering: str, new: bool) -> None:
    errors = {}
    if len(found) != len(set(numbers)) or not found:
        errors["chosen"] = "not_a_choice" if numbers else "choose_one"
    if new and blank(covering):
        errors["covering"] = "required"
    if len(covering) > size_limits.TEXT:
        errors["covering"] = "too_long"
    if errors:
        raise Invalid(errors)


def _point(matter: Consultation, one: PublicComment, site_url: str) -> Point:
    """A proposal as a point: whose page it is on, and its own words, which the Front may then shorten or add to."""
    address = f"{site_url}/lay-y-kien/{matter.slug}/y-kien/{one.number}/"
    sentence: str = translations("vi").gettext("bundle.point")
    head = sentence % {"number": one.number, "title": matter.title, "address": address}
    text = f"{head}\n{one.text}"[: size_limits.TEXT]
    return Point(text=text, proposed=one.proposed, reason=one.reason, source=f"{SOURCE}{matter.slug}/{one.number}")


def _new(draft: OrganisationDraft, points: Sequence[Point]) -> list[Point]:
    known = {one.source for one in organisation_content.read(draft.content).comments}
    return [one for one in points if one.source not in known]
