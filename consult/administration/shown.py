"""What administration shows of bodies, units, people, roles and days, for whoever changes them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from consult.administration.accounts import role_proposals, roles
from consult.administration.accounts import service as accounts
from consult.administration.bodies import changes
from consult.administration.models import RoleProposal
from consult.administration.reference import holidays
from consult.consultations.models import Holiday
from consult.data.models import SynonymGroup
from consult.errors import NotFound
from consult.people import corrections as kept
from consult.people import reach
from consult.people.models import Membership, Organisation, User
from consult.people.organisations import organisation
from consult.people.units import unit
from consult.shown import About, Kind, Said, Shown, Texts, digest
from consult.sign_in import factors
from consult.text import day_of
from consult.web.catalogue import say

SEEN = "seen_"
LABELS_OF_BODY = {"short_name": "abbreviation", "change": "body_change"}
CODED = {"kind": "organisation_kind", "role": "role", "standing": "standing", "change": "body_change"}


def _body(about: About) -> Sequence[Shown]:
    one = organisation(about.session, about.values["organisation_id"])
    return [_with_seen(one.id, _state(one), kept.of_organisation(one))]


def _unit(about: About) -> Sequence[Shown]:
    one = unit(about.session, about.values["unit_id"])
    return [_with_seen(one.id, {"state": digest(one.valid_to)}, kept.of_unit(one))]


def _mailbox(about: About) -> Sequence[Shown]:
    one = unit(about.session, about.values["unit_id"])
    return [Shown(str(one.id), {"mailbox": digest(one.mailbox, one.valid_to)}, {"mailbox": one.mailbox})]


def _reach(about: About) -> Sequence[Shown]:
    one = organisation(about.session, about.values["organisation_id"])
    return [Shown(str(one.id), {"reach": digest(reach.of(one), one.valid_to)}, reach.of(one))]


def _letter_roles(about: About) -> Sequence[Shown]:
    one = organisation(about.session, about.values["organisation_id"])
    named = {"reviewer": one.reviewer_id, "signatory": one.signatory_id}
    texts = {name: about.session.get_one(User, who).name if who else "" for name, who in named.items()}
    return [Shown(str(one.id), {"named": digest(one.reviewer_id, one.signatory_id)}, texts)]


def _account(about: About) -> Sequence[Shown]:
    """A person: what is said of them, their roles, and how they may sign in."""
    user = accounts.account(about.session, about.values["user_id"])
    held = sorted((str(one.id), one.role.value, str(one.until)) for one in user.memberships)
    waiting = [str(one.id) for one in role_proposals.waiting(about.session, user.id)]
    entrance = digest(user.disabled_at, bool(user.password_hash), factors.of(about.session, user).any)
    parts = {"entrance": entrance, "roles": digest(held, waiting)}
    shown = _with_seen(user.id, parts, kept.of_user(user))
    lines = [f"{say(f'role.{one.role.value}')}: {one.organisation.name}" for one in user.memberships if not one.until]
    return [Shown(shown.key, shown.parts, {**shown.texts, "roles": "\n".join(sorted(lines))}, shown.also)]


def _with_seen(key: UUID, parts: Mapping[str, str], texts: Texts) -> Shown:
    return Shown(
        str(key), {**parts, "said": digest(dict(texts))}, texts, {f"{SEEN}{name}": text for name, text in texts.items()}
    )


def _state(body: Organisation) -> dict[str, str]:
    return {"state": digest(body.valid_from, body.valid_to, body.level.value, body.area_id, body.confirmed_at)}


def _seen(about: About, one: Shown, parts: Mapping[str, str]) -> Texts | None:
    """What the form says was seen, when that is what the version says."""
    seen = {name: about.form.get(f"{SEEN}{name}", "") for name in one.texts if f"{SEEN}{name}" in about.form}
    return seen if seen and digest(seen) == parts.get("said") else None


def _corrected(form: Any) -> Texts:
    return {name.removeprefix(SEEN): form.get(name.removeprefix(SEEN), "") for name in form if name.startswith(SEEN)}


def _change(about: About) -> Sequence[Shown]:
    """What became of a body, and whether that still holds."""
    one = changes.change(about.session, about.values["change_id"])
    texts = {"name": one.organisation.name, "change": one.kind.value}
    return [Shown(str(one.id), {"undone": digest(one.undone_at), "body": digest(one.organisation.valid_to)}, texts)]


def _role(about: About) -> Sequence[Shown]:
    held: Membership = roles.membership(about.session, about.values["membership_id"])
    texts = {"role": held.role.value, "name": held.user.name, "until": str(held.until or "")}
    return [Shown(str(held.id), {"until": digest(held.until, held.unit_id)}, texts)]


def _proposed(about: About) -> Sequence[Shown]:
    """Roles that wait for a second administrator, those ticked or those on the page; settled ones are other ones."""
    try:
        keys = (
            about.values["proposals"]
            if "proposals" in about.values
            else [UUID(one) for one in about.form.getlist("proposal")]
        )
    except ValueError as bad:
        raise NotFound from bad
    rows = [about.session.get(RoleProposal, key) for key in keys]
    return [
        Shown(str(row.id), {"settled": digest(row.settled_at)}, {"role": row.role.value, "name": row.user.name})
        for row in rows
        if row is not None
    ]


def _holiday(about: About) -> Sequence[Shown]:
    """One day of the calendar, which may have no row; for a page, every day of its year that has one."""
    if "year" in about.values:
        return [_day(row.day, row) for row in holidays.of_year(about.session, about.values["year"])]
    on = day_of(str(about.values.get("day") or about.form.get("day", "")).strip())
    if on is None:
        raise NotFound
    return [_day(on, about.session.get(Holiday, on))]


def _day(on: date, row: Holiday | None) -> Shown:
    if row is None:
        return Shown(on.isoformat(), {})
    texts = {"kind": row.kind, "name": row.name, "source": row.source}
    return Shown(on.isoformat(), {"day": digest(texts)}, texts)


def _synonyms(about: About) -> Sequence[Shown]:
    """One group of words that mean the same; nothing once it is taken out."""
    row = about.session.get(SynonymGroup, about.values["key"])
    if row is None:
        return []
    texts = {"words": "\n".join(row.words)}
    return [Shown(row.key, {"words": digest(texts)}, texts)]


def _group_is_gone(about: About) -> bool:
    return about.session.get(SynonymGroup, about.values["key"]) is None


def _typed_day(form: Any) -> Texts:
    return {name: form.get(name, "") for name in ("kind", "name", "source")} if "name" in form else {}


def _told(_about: About, name: str, text: str) -> Said:
    return (f"{CODED[name]}.{text}", {}) if name in CODED and text else text


def _told_day(_about: About, name: str, text: str) -> Said:
    return (f"holiday_kind.{text}", {}) if name == "kind" and text else text


def _is_closed(about: About) -> bool:
    return accounts.account(about.session, about.values["user_id"]).disabled_at is not None


def _is_open(about: About) -> bool:
    return not _is_closed(about)


def _has_no_second_factor(about: About) -> bool:
    user = accounts.account(about.session, about.values["user_id"])
    return not factors.of(about.session, user).any


def _has_ended(about: About) -> bool:
    return organisation(about.session, about.values["organisation_id"]).valid_to is not None


def _is_confirmed(about: About) -> bool:
    return not organisation(about.session, about.values["organisation_id"]).unconfirmed


def _change_is_undone(about: About) -> bool:
    return changes.change(about.session, about.values["change_id"]).undone_at is not None


def _unit_has_ended(about: About) -> bool:
    return unit(about.session, about.values["unit_id"]).valid_to is not None


def _role_is_over(about: About) -> bool:
    return roles.is_over(roles.membership(about.session, about.values["membership_id"]), about.now)


def _day_is_gone(about: About) -> bool:
    on = day_of(about.values["day"])
    return on is None or about.session.get(Holiday, on) is None


def _label_of_body(name: str) -> Said:
    """A matter has a short name and changes too, and they are something else."""
    return f"shown_field.{LABELS_OF_BODY.get(name, name)}", {}


_SAID = frozenset({"said"})
BODY = Kind("body", _body, _seen, typed=_corrected, merges=_SAID, told=_told, label=_label_of_body)
UNIT = Kind("unit", _unit, _seen, typed=_corrected, merges=_SAID)
PERSON = Kind("person", _account, _seen, matters=lambda _form: ("said",), typed=_corrected, merges=_SAID)
ACCOUNT = Kind("account", _account, matters=lambda _form: ("entrance", "roles"), told=_told)
CLOSING = replace(ACCOUNT, done=_is_closed)
OPENING = replace(ACCOUNT, done=_is_open)
SECOND_FACTOR = replace(ACCOUNT, done=_has_no_second_factor)
ENDING = replace(BODY, done=_has_ended, typed=None)
CONFIRMING = replace(BODY, done=_is_confirmed, typed=None)
UNIT_ENDING = replace(UNIT, done=_unit_has_ended, typed=None)
MAILBOX = Kind("mailbox", _mailbox, typed=lambda form: {"mailbox": form["mailbox"]} if "mailbox" in form else {})
LETTER_ROLES = Kind("letter_roles", _letter_roles)
REACH = Kind("reach", _reach, typed=lambda form: {name: form[name] for name in reach.FIELDS if name in form})
CHANGE = Kind("body_change", _change, told=_told, done=_change_is_undone, label=_label_of_body)
ROLE = Kind("role", _role, told=_told, done=_role_is_over)
PROPOSED_ROLE = Kind("proposed_role", _proposed, rows="proposal", told=_told)
HOLIDAY = Kind("holiday", _holiday, typed=_typed_day, told=_told_day)
REMOVED_DAY = replace(HOLIDAY, done=_day_is_gone)
SYNONYMS = Kind("synonyms", _synonyms, typed=lambda form: {"words": form["words"]} if "words" in form else {})
REMOVED_SYNONYMS = replace(SYNONYMS, typed=None, done=_group_is_gone)
