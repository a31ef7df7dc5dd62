"""Naming a theme, signing it, putting it to another, taking texts out of it: each an act that is kept.

Nothing here is public, and nobody is counted by it: a theme is an order to read in, and a filter of the list.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from consult.consultations.matter.preconditions import person
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.similar.theme_models import Theme, ThemeAct, ThemeMember
from consult.similar.theming.building import recount
from consult.similar.words import ThemeActKind
from consult.text import blank, one_line, stored

DECIDING = Action.DRAFT_ANSWER
NAME_LIMIT, REASON_LIMIT = 200, 2_000


def ask_for(session: Session, consultation: Consultation, actor: Actor, now: datetime) -> None:
    """Has the worker build the themes anew. Raises Refused with the policy's reason."""
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        emit(session, "themes_due", now, consultation.id)


def name(session: Session, consultation: Consultation, number: int, called: str, actor: Actor, now: datetime) -> None:
    """Gives a theme a name; its texts stay in it. Raises NotFound; Invalid({"name": code}); Refused with the policy's
    reason."""
    said = one_line(called)
    if blank(said) or len(said) > NAME_LIMIT:
        raise Invalid({"name": "required" if blank(said) else "too_long"})
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        theme = theme_of(session, consultation.id, number)
        old, theme.name = theme.name, said
        _keep(session, theme)
        _note(session, theme, ThemeActKind.NAMED, actor, now, name=said, old=old)


def sign(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> None:
    """Answers for a theme as it is. Raises NotFound; Refused: the policy's reason, `theme_nameless`,
    `theme_signed_already`."""
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        theme = theme_of(session, consultation.id, number)
        if not theme.name:
            raise Refused("theme_nameless")
        if theme.signed_at is not None and not added_since(session, theme):
            raise Refused("theme_signed_already")
        theme.signed_at, theme.signed_by_id = now, person(actor)
        _keep(session, theme)
        _note(session, theme, ThemeActKind.SIGNED, actor, now, texts=theme.size)


def merge(
    session: Session, consultation: Consultation, number: int, into: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Puts all of a theme into another of the same stance; the first is empty from then on.

    Raises NotFound; Invalid({"reason": code}); Refused: the policy's reason, `theme_same`, `theme_other_stance`.
    """
    kept = _reason(reason)
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        theme, target = (theme_of(session, consultation.id, one) for one in (number, into))
        if theme is target:
            raise Refused("theme_same")
        if (theme.stance, theme.leaning) != (target.stance, target.leaning):
            raise Refused("theme_other_stance")
        session.execute(update(ThemeMember).where(*_members(theme)).values(theme_id=target.id))
        for one, other in ((theme, target), (target, theme)):
            _changed(session, one)
            _note(session, one, ThemeActKind.MERGED, actor, now, kept, into=into, out_of=number, other=other.number)


def split(
    session: Session, consultation: Consultation, number: int, samples: Collection[UUID], reason: str, actor: Actor,
    now: datetime,
) -> int:  # fmt: skip
    """Makes these texts of a theme (`ThemeMember.sample_id`) a theme of their own, and returns its number.

    Raises NotFound; Invalid({"reason": code}); Refused: the policy's reason, `nothing_chosen`, `theme_whole`.
    """
    kept = _reason(reason)
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        theme = theme_of(session, consultation.id, number)
        there = set(session.scalars(select(ThemeMember.sample_id).where(*_members(theme)).distinct()))
        wanted = there & set(samples)
        if not wanted or wanted == there:
            raise Refused("theme_whole" if wanted else "nothing_chosen")
        new = _beside(session, theme, now)
        moved = (*_members(theme), ThemeMember.sample_id.in_(wanted))
        session.execute(update(ThemeMember).where(*moved).values(theme_id=new.id))
        for one, other in ((theme, new), (new, theme)):
            _changed(session, one)
            _note(session, one, ThemeActKind.SPLIT, actor, now, kept, texts=len(wanted), other=other.number)
        return new.number


def theme_of(session: Session, consultation_id: UUID, number: int) -> Theme:
    """The theme with this number; NotFound."""
    wanted = select(Theme).where(Theme.consultation_id == consultation_id, Theme.number == number)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def acts_of(session: Session, theme: Theme) -> Sequence[ThemeAct]:
    """Everything that was decided about a theme, oldest first."""
    own = (ThemeAct.consultation_id == theme.consultation_id, ThemeAct.theme_id == theme.id)
    wanted = select(ThemeAct).where(*own).order_by(ThemeAct.at, ThemeAct.id)
    return session.scalars(wanted.options(joinedload(ThemeAct.by))).all()


def added_since(session: Session, theme: Theme) -> bool:
    """Whether the machine put anything into a theme after a person decided about it."""
    wanted = select(ThemeMember.comment_id).where(*_members(theme), ThemeMember.by_person.is_(False)).limit(1)
    return session.scalar(wanted) is not None


def _beside(session: Session, theme: Theme, now: datetime) -> Theme:
    new = Theme(
        consultation_id=theme.consultation_id, id=new_id(),
        number=next_number(session, theme.consultation_id, "theme"), name="", words=list(theme.words),
        stance=theme.stance, leaning=theme.leaning, size=0, made_at=now,
    )  # fmt: skip
    session.add(new)
    session.flush()
    return new


def _members(theme: Theme) -> Any:
    return ThemeMember.consultation_id == theme.consultation_id, ThemeMember.theme_id == theme.id


def _keep(session: Session, theme: Theme) -> None:
    """What is in a theme by now was put there by a person."""
    session.execute(update(ThemeMember).where(*_members(theme)).values(by_person=True))


def _changed(session: Session, theme: Theme) -> None:
    """A theme with other texts is signed no more."""
    theme.signed_at = theme.signed_by_id = None
    _keep(session, theme)
    recount(session, theme)


def _reason(reason: str) -> str:
    if blank(reason) or len(reason) > REASON_LIMIT:
        raise Invalid({"reason": "required" if blank(reason) else "too_long"})
    return stored(reason)


def _note(
    session: Session, theme: Theme, kind: ThemeActKind, actor: Actor, now: datetime, reason: str = "", **details: Any
) -> None:
    session.add(
        ThemeAct(
            consultation_id=theme.consultation_id, id=new_id(), theme_id=theme.id, kind=kind, at=now,
            by_id=person(actor), reason=reason, details=details,
        )
    )  # fmt: skip
    session.flush()
