"""Opinions prepared inside an organisation: seen by nobody else until an authorised sender sends them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import NotFound, Refused
from consult.people import letter_roles
from consult.people.heirs import heirs
from consult.people.models import Organisation
from consult.people.words import ORGANISATION_ROLES
from consult.policy import Action, Actor, may_lead_critique, require
from consult.stages import Stage, stage_of
from consult.submissions.receiving import in_time
from consult.submissions.words import SubmissionKind
from consult.workspace.content import DraftContent, read
from consult.workspace.cosigning import cosigners
from consult.workspace.models import DraftVersion, DraftWriter, OrganisationDraft
from consult.workspace.points import Point
from consult.workspace.versions import kept

PREPARE = {SubmissionKind.FORMAL: Action.PREPARE_OPINION, SubmissionKind.CRITIQUE: Action.PREPARE_CRITIQUE}


def start(
    session: Session,
    consultation: Consultation,
    organisation_id: UUID,
    kind: SubmissionKind,
    actor: Actor,
    now: datetime,
    begun_with: DraftContent | None = None,
) -> OrganisationDraft:
    """A draft of a văn bản góp ý or văn bản phản biện xã hội, empty or `begun_with` some content.

    Raises NotFound for an organisation that is not the actor's, and Refused with the reason why it may not send this
    kind, before anybody has typed one for nothing.
    """
    require_member(actor, organisation_id)
    author = person(actor)
    with writing(session, consultation.id):
        reason = why_not_start(session, consultation, organisation_id, kind, actor, now)
        if reason is not None:
            raise Refused(reason)
        content = begun_with or _begun(session, organisation_id, now)
        draft = OrganisationDraft(
            consultation_id=consultation.id,
            id=new_id(),
            organisation_id=organisation_id,
            kind=kind,
            content=content.kept(),
            version=1,
            prepared_by_id=author,
            updated_at=now,
        )
        session.add(draft)
        session.flush()
        kept.add(session, draft, read(draft.content), 0, author, now)
        note_writer(session, draft, author, now)
    return draft


def _begun(session: Session, organisation_id: UUID, now: datetime) -> DraftContent:
    """What a new draft begins with: who signs the letters of the body."""
    signatory = letter_roles.signatory_of(session, session.get_one(Organisation, organisation_id), now)
    return (
        DraftContent(signatory_name=signatory.name, signatory_office=signatory.office) if signatory else DraftContent()
    )


def why_not_start(
    session: Session,
    consultation: Consultation,
    organisation_id: UUID,
    kind: SubmissionKind,
    actor: Actor,
    now: datetime,
) -> str | None:
    """None when `actor` may prepare this kind for the organisation now, otherwise the reason.

    An opinion may be prepared before the matter opens. For a critique the number and day of an agreement are typed
    later: here it counts as if they would be.
    """
    try:
        require(actor, PREPARE.get(kind, Action.PREPARE_OPINION), consultation, now)
        if stage_of(consultation, now) is not Stage.ANNOUNCED:
            in_time.check_in_time(session, consultation, kind, organisation_id, now)
    except Refused as refused:
        return refused.reason
    if kind is not SubmissionKind.CRITIQUE:
        return None
    organisation = session.get_one(Organisation, organisation_id)
    return may_lead_critique(organisation.kind, organisation.level, consultation.lead.level, has_agreement=True)


def find(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor) -> OrganisationDraft:
    """A draft of an organisation of the actor's; for everybody else it does not exist (NotFound)."""
    draft = find_any(session, consultation, draft_id, actor)
    if draft.discarded_at is not None:
        raise NotFound
    return draft


def find_any(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor) -> OrganisationDraft:
    """The same, also of one that was put away."""
    draft = session.get(OrganisationDraft, (consultation.id, draft_id))
    if draft is None:
        raise NotFound
    require_member(actor, draft.organisation_id)
    return draft


def add_points(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    more: Sequence[Point],
    actor: Actor,
    now: datetime,
) -> OrganisationDraft:
    """Puts points behind those that are there, as the next version, whatever came since the draft was opened. Raises
    as `to_be_changed` does."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        changed(session, draft, read(draft.content).with_points(*more), actor, now)
    return draft


def discard(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor, now: datetime) -> None:
    """Puts a draft away; it was never public and is shown to nobody any more. One may always clear the table, also
    when the matter has ended; what was sent stays (`already_sent`)."""
    with writing(session, consultation.id):
        draft = find(session, consultation, draft_id, actor)
        if draft.submission_id is not None:
            raise Refused("already_sent")
        draft.discarded_at = now


def to_be_changed(
    session: Session, consultation: Consultation, draft_id: UUID, actor: Actor, now: datetime
) -> OrganisationDraft:
    """A draft that `actor` may work on now; raises NotFound, and Refused: `already_sent` or the policy's reason."""
    draft = find(session, consultation, draft_id, actor)
    if draft.submission_id is not None:
        raise Refused("already_sent")
    require(actor, PREPARE[draft.kind], consultation, now)
    return draft


def changed(
    session: Session, draft: OrganisationDraft, content: DraftContent, actor: Actor, now: datetime
) -> DraftVersion:
    """The next version of a draft, inside the transaction: it must be handed over anew, `actor` wrote in it, and who
    confirmed another text for their own body is asked anew. It goes on in the name of the body that its own became."""
    _hand_on(session, draft, actor, now)
    version = kept.add(session, draft, content, draft.version, person(actor), now)
    draft.content, draft.version = version.content, version.number
    draft.updated_at, draft.ready_at = now, None
    note_writer(session, draft, person(actor), now)
    cosigners.ask_anew(session, draft, now)
    return version


def body_of(session: Session, draft: OrganisationDraft, now: datetime) -> Organisation:
    """In whose name a draft that is not sent would go on: that of the body which its own had become by the local day of
    `now`; one that was divided stays itself. Two statements."""
    own = draft.organisation_id
    return heirs(session, [own], clock.local_day(now))[own]


def _hand_on(session: Session, draft: OrganisationDraft, actor: Actor, now: datetime) -> None:
    body = body_of(session, draft, now)
    if body.id != draft.organisation_id and actor.holds(*ORGANISATION_ROLES, organisation=body.id):
        cosigners.hand_on(session, draft, body.id, now)
        draft.organisation_id = body.id


def note_writer(session: Session, draft: OrganisationDraft, user_id: UUID, now: datetime) -> None:
    """Remembers that a person wrote in a draft: they will not be the one to send it."""
    key = (draft.consultation_id, draft.id, user_id)
    if session.get(DraftWriter, key) is None:
        session.add(DraftWriter(consultation_id=key[0], draft_id=key[1], user_id=key[2], at=now))


def require_member(actor: Actor, organisation_id: UUID) -> None:
    """Raises NotFound when `actor` prepares or sends nothing for this organisation."""
    if not actor.holds(*ORGANISATION_ROLES, organisation=organisation_id):
        raise NotFound


def person(actor: Actor) -> UUID:
    """Who is signed in; raises Refused `sign_in_needed` when nobody is."""
    if actor.user_id is None:
        raise Refused("sign_in_needed")
    return actor.user_id
