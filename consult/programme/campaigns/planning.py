"""A campaign: prepared by one person of a party, made public by another, corrected with a trace."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.policy import Actor
from consult.programme import heads
from consult.programme.campaigns import checks
from consult.programme.campaigns.models import Campaign, CampaignBody, CampaignPlace, CampaignVersion
from consult.programme.campaigns.typed import NewCampaign
from consult.programme.facts import Told, day
from consult.programme.head_models import Programme
from consult.programme.words import PracticeKind
from consult.text import stored

MOST_VERSIONS = 50
_WHOLE = (
    joinedload(Campaign.programme), selectinload(Campaign.versions),
    selectinload(Campaign.bodies).joinedload(CampaignBody.body),
    selectinload(Campaign.places).joinedload(CampaignPlace.area),
)  # fmt: skip


def begin(session: Session, programme: Programme, new: NewCampaign, actor: Actor, now: datetime) -> Campaign:
    """A campaign that nobody outside sees yet, by somebody of a party. Raises Invalid, NotFound,
    Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        heads.require_party(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(session, new)
        number = next_number(session, programme.consultation_id, "campaign")
        made = Campaign(id=new_id(), consultation_id=programme.consultation_id, number=number, programme=programme)
        _say(made, new.told)
        session.add_all([made, _version(made, new, 1, actor, now)])
        _name(session, made, new.told)
    return made


def correct(session: Session, one: Campaign, new: NewCampaign, actor: Actor, now: datetime) -> None:
    """Writes it anew where it is not public; of what is public, a version that another person releases, for a reason
    that everybody reads. What waits already is replaced. Raises Invalid, NotFound, Refused("campaign_full")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        public = one if one.public_at is not None else None
        _check(session, new, public)
        waits = waiting(one)
        if waits is not None:
            session.delete(waits)
            session.flush()
        elif len(one.versions) >= MOST_VERSIONS:
            raise Refused("campaign_full")
        if public is None:
            _fill(session, one, new.told)
        session.add(_version(one, new, waits.number if waits else one.versions[-1].number + 1, actor, now))


def release(session: Session, one: Campaign, actor: Actor, now: datetime) -> None:
    """Makes public what waits, by a person who signs for a party and did not write it; each body that takes part and
    did not before is told. Raises NotFound, Refused: `nothing_waits`, `not_sender`, `own_words`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        version = _waiting(one)
        heads.require_other_eyes(actor, version.recorded_by_id, signing_party(one.programme, actor))
        known = {str(each.body_id) for each in one.bodies} if one.public_at is not None else set()
        _fill(session, one, version.facts)
        version.released_at, version.released_by_id = now, heads.person(actor)
        one.public_at = one.public_at or now
        hashed = entries.hash_of(told_version(one, version))
        entry = entries.campaign_version(one.number, version.number, hashed, version.reason)
        ledger.append(session, one.consultation_id, [entry], now)
        for body in sorted(set(version.facts["bodies"]) - known):
            emit(session, "campaign_told", now, one.consultation_id, campaign=one.number, organisation=body)
        session.get_one(Consultation, one.consultation_id).touch()


def discard(session: Session, one: Campaign, actor: Actor) -> bool:
    """Takes out what waits; all of a campaign that was never public: True. Raises NotFound,
    Refused("nothing_waits")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        session.delete(_waiting(one))
        whole = one.public_at is None
        for each in (*one.bodies, *one.places) if whole else ():
            session.delete(each)
        session.flush()
        if whole:
            session.delete(one)
    return whole


def campaign_of(session: Session, programme: Programme, number: int) -> Campaign:
    """The campaign of this number, with its bodies, places and versions, in statements that do not grow. Raises
    NotFound."""
    own = select(Campaign).where(Campaign.consultation_id == programme.consultation_id, Campaign.number == number)
    found = session.scalar(own.options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def public_campaign(session: Session, programme: Programme, number: int) -> Campaign:
    """The same where it is public. Raises NotFound."""
    found = campaign_of(session, programme, number)
    if found.public_at is None:
        raise NotFound
    return found


def own_campaign(session: Session, programme: Programme, number: int, actor: Actor) -> Campaign:
    """The same for who works for a party; once it is public for who works for a body that takes part. Raises
    NotFound."""
    found = campaign_of(session, programme, number)
    if not organises(programme, actor) and (found.public_at is None or not own_bodies(found, actor)):
        raise NotFound
    return found


def own_bodies(one: Campaign, actor: Actor) -> set[UUID]:
    """The bodies that take part for which somebody may say what was counted: their own; all of them for who works for a
    party."""
    taking_part = {each.body_id for each in one.bodies}
    if organises(one.programme, actor):
        return taking_part
    return taking_part & heads.bodies_of(actor)


def organises(programme: Programme, actor: Actor) -> bool:
    """Whether somebody works for a party of the programme."""
    return bool(heads.bodies_of(actor) & set(programme.parties))


def signing_party(programme: Programme, actor: Actor) -> UUID:
    """The party for which somebody signs, or works if they sign for none. Raises NotFound for no party."""
    body = heads.require_party(programme, actor)
    return next((each for each in programme.parties if heads.signs(actor, each)), body)


def waiting(one: Campaign) -> CampaignVersion | None:
    """The version that another person has to release."""
    return next((each for each in one.versions if each.released_at is None), None)


def facts_of(one: Campaign) -> Told:
    """The facts of a campaign as it stands, as the log hashes them."""
    return {
        "title": one.title, "kind": one.kind.value, "about": one.about, "starts_on": day(one.starts_on),
        "ends_on": day(one.ends_on), "bodies": sorted(str(each.body_id) for each in one.bodies),
        "areas": sorted(str(each.area_id) for each in one.places), "measures": one.measures,
    }  # fmt: skip


def told_version(one: Campaign, version: CampaignVersion) -> Told:
    """What is public of a version, as the log hashes it."""
    return {"campaign": one.number, "version": version.number, **version.facts, "reason": version.reason}


def _waiting(one: Campaign) -> CampaignVersion:
    found = waiting(one)
    if found is None:
        raise Refused("nothing_waits")
    return found


def _fill(session: Session, one: Campaign, told: Told) -> None:
    _say(one, told)
    for each in (*one.bodies, *one.places):
        session.delete(each)
    _name(session, one, told)


def _say(one: Campaign, told: Told) -> None:
    one.title, one.about, one.kind = told["title"], told["about"], PracticeKind(told["kind"])
    one.starts_on, one.ends_on = date.fromisoformat(told["starts_on"]), date.fromisoformat(told["ends_on"])
    one.measures = told["measures"]


def _name(session: Session, one: Campaign, told: Told) -> None:
    """Who takes part, and where."""
    own = {"consultation_id": one.consultation_id, "campaign_id": one.id}
    session.add_all(CampaignBody(id=new_id(), body_id=UUID(key), **own) for key in told["bodies"])
    session.add_all(CampaignPlace(id=new_id(), area_id=UUID(key), **own) for key in told["areas"])
    session.flush()
    session.expire(one, ["bodies", "places"])


def _version(one: Campaign, new: NewCampaign, number: int, actor: Actor, now: datetime) -> CampaignVersion:
    return CampaignVersion(
        id=new_id(), consultation_id=one.consultation_id, campaign_id=one.id, number=number, facts=new.told,
        reason=stored(new.reason) if one.public_at is not None else "", recorded_at=now,
        recorded_by_id=heads.person(actor),
    )  # fmt: skip


def _check(session: Session, new: NewCampaign, public: Campaign | None = None) -> None:
    if errors := checks.of_campaign(session, new, public):
        raise Invalid(errors)
