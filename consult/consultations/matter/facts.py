"""The facts of a matter: which bodies, which procedure, which rules, and under which address."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from consult.consultations import slugs
from consult.consultations.matter import profiles
from consult.consultations.matter.inputs import NewConsultation
from consult.consultations.models import Consultation, LegalProfile
from consult.consultations.words import PLAIN_LINES, Procedure
from consult.errors import Invalid
from consult.people.models import Area, Organisation
from consult.people.words import OrganisationKind
from consult.text import blank, slug_of

TITLE_LIMIT = 500
SUMMARY_LIMIT = 5_000
PLAIN_LIMIT = 1_000
PLAIN_LINE_LIMIT = 120


def check(session: Session, new: NewConsultation) -> None:
    """Raises Invalid when the facts do not fit together: texts, bodies, kind with procedure."""
    errors = {**_texts(new), **_bodies(session, new)}
    if errors:
        raise Invalid(errors)


def profile_for(session: Session, new: NewConsultation, day: date) -> LegalProfile:
    """The profile named, or the first in force on `day` for the kind and procedure.

    Raises Invalid when no rules are known for that kind under that procedure, or the one named is not for it.
    """
    lead = session.get_one(Organisation, new.lead_id)
    possible = profiles.candidates(session, new.kind, new.procedure, day, lead.level)
    if not possible:
        raise Invalid({"procedure": "procedure_not_for_kind"})
    if new.profile_id is None:
        return possible[0]
    for profile in possible:
        if profile.id == new.profile_id:
            return profile
    raise Invalid({"profile": "profile_not_in_force"})


def free_slug(session: Session, new: NewConsultation, key: str, own_id: UUID | None = None) -> str:
    """The slug asked for, or one made from the title that no other matter has.

    Raises Invalid when the slug asked for is taken, is that of a page of the site, or is not lower-case ASCII words
    joined by hyphens.
    """
    if new.slug:
        if not slugs.SLUG.fullmatch(new.slug) or len(new.slug) > slugs.LIMIT:
            raise Invalid({"slug": "not_a_slug"})
        if new.slug in slugs.RESERVED:
            raise Invalid({"slug": "slug_reserved"})
        if _taken(session, own_id)(new.slug):
            raise Invalid({"slug": "slug_taken"})
        return new.slug
    base = slug_of(new.title)
    if not base or base in slugs.RESERVED:
        base = f"dot-{key}"
    return _first_free(base, _taken(session, own_id))


def own_slug(session: Session, wanted: str) -> str:
    """The address of what the site itself begins: the one wanted, unless an old matter has had it since before it was
    reserved, whose pages stay where they are."""
    return _first_free(wanted, _taken(session, None))


def free_key(session: Session) -> str:
    """The next short key for look-up codes: 001 to 999, then four digits and more."""
    last = session.scalar(select(func.max(cast(Consultation.short_key, Integer)))) or 0
    return f"{last + 1:03d}"


def _texts(new: NewConsultation) -> dict[str, str]:
    errors: dict[str, str] = {}
    if blank(new.title):
        errors["title"] = "required"
    elif len(new.title) > TITLE_LIMIT:
        errors["title"] = "too_long"
    if len(new.summary) > SUMMARY_LIMIT:
        errors["summary"] = "too_long"
    if len(new.field) > TITLE_LIMIT:
        errors["field"] = "too_long"
    limits = {name: PLAIN_LINE_LIMIT if name in PLAIN_LINES else PLAIN_LIMIT for name in new.plain_words}
    errors |= {name: "too_long" for name, said in new.plain_words.items() if len(said) > limits[name]}
    return errors


def _bodies(session: Session, new: NewConsultation) -> dict[str, str]:
    """The statutory consultation of an EIA is answered by the investor (Luật Bảo vệ môi trường 2020, Điều 33 khoản 1)
    and posted by somebody else, who judges what comes; the Front answers for what it asks the people itself."""
    found = {name: session.get(Organisation, getattr(new, f"{name}_id")) for name in ("lead", "answering", "issuing")}
    errors = {name: "unknown_organisation" for name, body in found.items() if body is None}
    if new.area_id is not None and session.get(Area, new.area_id) is None:
        errors["area"] = "unknown_area"
    lead, answering = found["lead"], found["answering"]
    if lead is None or answering is None:
        return errors
    if new.procedure is Procedure.EIA_STATUTORY and answering.kind is not OrganisationKind.INVESTOR:
        errors["answering"] = "investor_answers"
    if new.procedure is Procedure.EIA_STATUTORY and lead.kind is OrganisationKind.INVESTOR:
        errors["lead"] = "investor_leads"
    if new.procedure is Procedure.FRONT_OPINION:
        if lead.kind is not OrganisationKind.FRONT_COMMITTEE:
            errors["lead"] = "front_leads"
        if answering.id != lead.id:
            errors["answering"] = "front_answers"
    return errors


def _taken(session: Session, own_id: UUID | None) -> Callable[[str], bool]:
    def taken(slug: str) -> bool:
        found = session.scalar(select(Consultation.id).where(Consultation.slug == slug))
        return found is not None and found != own_id

    return taken


def _first_free(base: str, taken: Callable[[str], bool]) -> str:
    slug, number = base, 1
    while taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug
