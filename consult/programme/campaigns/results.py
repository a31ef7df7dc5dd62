"""What was counted: entered by a body that takes part, made public by another person, corrected in the open."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Actor
from consult.programme import heads
from consult.programme.campaigns import checks, planning
from consult.programme.campaigns.models import Campaign, CampaignResult
from consult.programme.campaigns.typed import NewResult
from consult.programme.facts import Told, day
from consult.text import one_line, stored

MOST_VERSIONS = 50


def enter(session: Session, one: Campaign, new: NewResult, actor: Actor, now: datetime) -> CampaignResult:
    """What was counted at one place on one day, by somebody of the body or of a party, once the campaign is public.
    Raises Invalid, NotFound."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        if one.public_at is None:
            raise NotFound
        _check(one, new, None, None, actor, now)
        number = next_number(session, one.consultation_id, "campaign_result")
        made = _version(one, new, number, 1, None, actor, now)
        session.add(made)
    return made


def correct(
    session: Session, one: Campaign, number: int, new: NewResult, actor: Actor, now: datetime
) -> CampaignResult:
    """Another version: in place of the one that waits, or of what is public, for a reason that everybody reads. Raises
    Invalid, NotFound, Refused("campaign_full")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        known = own_versions(session, one, number, actor)
        last, waits = public(known), _waits(known)
        _check(one, new, waits, last, actor, now)
        if waits is not None:
            session.delete(waits)
            session.flush()
        elif len(known) >= MOST_VERSIONS:
            raise Refused("campaign_full")
        made = _version(one, new, number, last.version + 1 if last else 1, waits or last, actor, now)
        session.add(made)
    return made


def release(session: Session, one: Campaign, number: int, actor: Actor, now: datetime) -> None:
    """Makes public what waits of a result, by a person who signs for a party of the programme and did not enter it;
    what it corrects counts no more. Raises NotFound, Refused: `nothing_waits`, `not_sender`, `own_words`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        known = own_versions(session, one, number, actor)
        waits, last = _waiting(known), public(known)
        _require_other_eyes(one, waits, actor)
        waits.released_at, waits.released_by_id = now, heads.person(actor)
        if last is not None:
            last.replaced_at = now
        told = entries.hash_of(told_result(one, waits))
        entry = entries.campaign_result(one.number, number, waits.version, told, waits.reason)
        ledger.append(session, one.consultation_id, [entry], now)
        session.get_one(Consultation, one.consultation_id).touch()


def discard(session: Session, one: Campaign, number: int, actor: Actor) -> bool:
    """Takes out what waits of a result; True where nothing of it was public. Raises NotFound,
    Refused("nothing_waits")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        known = own_versions(session, one, number, actor)
        session.delete(_waiting(known))
    return len(known) == 1


def own_versions(session: Session, one: Campaign, number: int, actor: Actor) -> Sequence[CampaignResult]:
    """All versions of a result, the first first, for who may say what was counted for its body. Raises NotFound."""
    named = CampaignResult.consultation_id == one.consultation_id, CampaignResult.campaign_id == one.id
    whole = joinedload(CampaignResult.body), joinedload(CampaignResult.area)
    wanted = select(CampaignResult).where(*named, CampaignResult.number == number).options(*whole)
    found = session.scalars(wanted.order_by(CampaignResult.version)).all()
    allowed = planning.organises(one.programme, actor) or _enters(one, actor, found)
    if not found or not allowed:
        raise NotFound
    return found


def public(known: Sequence[CampaignResult]) -> CampaignResult | None:
    """The version that counts."""
    return next((each for each in known if each.released_at is not None and each.replaced_at is None), None)


def told_result(one: Campaign, result: CampaignResult) -> Told:
    """What is public of a version of a result, as the log hashes it. Who agreed to be on the picture is not."""
    return {
        "campaign": one.number, "result": result.number, "version": result.version, "body": str(result.body_id),
        "area": str(result.area_id), "place": result.place, "day": day(result.day), "measure": result.measure,
        "hundredths": result.hundredths, "source": result.source, "reason": result.reason, "file": result.file_hash,
    }  # fmt: skip


def _require_other_eyes(one: Campaign, waits: CampaignResult, actor: Actor) -> None:
    """As `heads.require_other_eyes`; but that a party is so small that its writer sends holds for its own counts alone,
    never for what the same person entered for another body."""
    party = planning.signing_party(one.programme, actor)
    heads.require_other_eyes(actor, waits.recorded_by_id, party)
    if waits.body_id != party and waits.recorded_by_id == heads.person(actor):
        raise Refused("own_words")


def _enters(one: Campaign, actor: Actor, found: Sequence[CampaignResult]) -> bool:
    own = planning.own_bodies(one, actor)
    return any(each.body_id in own for each in found)


def _waits(known: Sequence[CampaignResult]) -> CampaignResult | None:
    return next((each for each in known if each.released_at is None), None)


def _waiting(known: Sequence[CampaignResult]) -> CampaignResult:
    found = _waits(known)
    if found is None:
        raise Refused("nothing_waits")
    return found


def _check(
    one: Campaign, new: NewResult, waits: CampaignResult | None, corrects: CampaignResult | None, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    own: set[UUID] = planning.own_bodies(one, actor)
    if not own and not (waits or corrects):
        raise NotFound
    bodies = {str(body) for body in own} | {str(each.body_id) for each in (waits, corrects) if each}
    if errors := checks.of_result(new, one, bodies, waits, corrects, clock.local_day(now)):
        raise Invalid(errors)


def _version(
    one: Campaign, new: NewResult, number: int, version: int, before: CampaignResult | None, actor: Actor, now: datetime
) -> CampaignResult:
    assert new.body_id is not None and new.area_id is not None and new.day is not None
    kept = before if new.file is None and not new.drops_picture else None
    file = (kept.file_hash, kept.file_name, kept.media_type) if kept else (
        (new.file.hash, new.file.name, new.file.media_type) if new.file else ("", "", ""))  # fmt: skip
    return CampaignResult(
        id=new_id(), consultation_id=one.consultation_id, campaign_id=one.id, number=number, version=version,
        body_id=new.body_id, area_id=new.area_id, place=one_line(new.place), day=new.day,
        measure=new.measure_of(one) or 0, hundredths=new.hundredths or 0, source=one_line(new.source),
        reason=stored(new.reason) if version > 1 else "", consent=one_line(new.consent) if file[0] else "",
        file_hash=file[0], file_name=file[1], media_type=file[2], recorded_at=now, recorded_by_id=heads.person(actor),
    )  # fmt: skip
