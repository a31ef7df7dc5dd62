"""Many bodies asked in one act: looked for, looked at, and asked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.catalogues import written_day
from consult.consultations.asking import forms
from consult.consultations.asking.forms import ABILITY
from consult.consultations.desk.shown_letters import OFFICIAL_LETTER
from consult.consultations.desk.views_frame import page, to, typed
from consult.consultations.invitation_models import OfficialLetter
from consult.consultations.invitations import letters, many, rules
from consult.consultations.invitations.many import AskedMany, Candidate, Wanted
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import LetterPurpose
from consult.errors import Invalid
from consult.people.areas import FoundArea, find_areas
from consult.people.words import Level, OrganisationKind
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("asking", __name__)
BASE = "/xu-ly/<slug>/co-quan/chon/"


@blueprint.get(BASE)
@access(Action.INVITE_BODIES, of=queries.by_slug)
def choose(consultation: Consultation) -> ResponseReturnValue:
    """Who would be asked: those of a kind, level and area."""
    return _page(consultation, {})


@blueprint.post(BASE)
@access(Action.INVITE_BODIES, of=queries.by_slug, acts_on=OFFICIAL_LETTER)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """Asks those that were ticked."""
    try:
        asking = forms.many(request.form)
        done = many.ask(context.session(), consultation, asking, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _page(consultation, typed(), invalid.errors)
    _tell(done)
    return to("bodies.index", consultation)


def _tell(done: AskedMany) -> None:
    """Tells on the next page what became of each that was ticked."""
    flash(say("preparing.asked_many", count=len(done.new)))
    for code, bodies in (("before", done.before), ("ended", done.ended), ("never_silent", done.never_silent)):
        if bodies:
            names = "; ".join(body.short_name or body.name for body in bodies[:20])
            rest = "…" if len(bodies) > 20 else ""
            flash(say(f"preparing.asked_{code}", count=len(bodies), names=names + rest), "warning")


def _page(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    found = _areas()
    chosen = forms.key(request.args.get("khu-vuc", ""))
    area = next((one for one in found if one.area.id == chosen or len(found) == 1), None)
    unclear = bool(request.args.get("dia-ban", "").strip()) and area is None
    narrowed = any(request.args.get(name) for name in ("loai", "cap", "dia-ban"))
    wanted = forms.wanted(request.args, area.area.id if area else None)
    candidates = _candidates(consultation, wanted) if narrowed and not unclear else []
    return page(
        "many",
        errors,
        ABILITY,
        consultation=consultation,
        form=form,
        area=area,
        area_choices=[(one.area.id, _area_words(one)) for one in found],
        unclear=unclear,
        narrowed=narrowed,
        rows=[_row(one) for one in candidates],
        ticked=_ticked(candidates),
        letter_choices=_letter_choices(consultation),
        kinds=[(kind.value, say(f"organisation_kind.{kind.value}")) for kind in OrganisationKind],
        levels=[(level.value, say(f"level.{level.value}")) for level in Level],
        ways=forms.ways(),
        silence_possible=rules.silence_possible(consultation),
    )


def _candidates(consultation: Consultation, wanted: Wanted) -> list[Candidate]:
    return many.candidates(context.session(), consultation, wanted, context.arrived_at())


def _ticked(candidates: list[Candidate]) -> set[UUID]:
    """Those that are ticked: all that may be, or those that were when the form came back."""
    free = {one.body.id for one in candidates if not one.asked}
    if request.method != "POST":
        return free
    return free & {key for typed in request.form.getlist("bodies") if (key := forms.key(typed))}


def _letter_choices(consultation: Consultation) -> list[tuple[str, str]]:
    """The letters that ask."""
    found = [one for one, _asked in letters.letters_of(context.session(), consultation.id)]
    asking = [(str(one.id), _letter_words(one)) for one in found if one.purpose is LetterPurpose.INVITATION]
    return [("", say("asking.no_letter")), *asking]


def _row(one: Candidate) -> dict[str, Any]:
    """A line of the list; who was asked already cannot be ticked."""
    words = say("asking.choose", name=one.body.name)
    return {"id": one.body.id, "body": one.body, "by_mail": one.by_mail, "locked": one.asked, "check_label": words}


def _area_words(one: FoundArea) -> str:
    """An area with what it lies in, and what became of it."""
    around = f", {one.area.parent.name}" if one.area.parent else ""
    return f"{one.area.name}{around}" + (f" → {'; '.join(each.name for each in one.now)}" if one.old else "")


def _letter_words(letter: OfficialLetter) -> str:
    day = written_day(letter.on, context.language()) if letter.on else ""
    return " – ".join(words for words in (letter.number, day, letter.subject) if words)


def _areas() -> Sequence[FoundArea]:
    """The areas that answer to what was typed, by an old or a new name."""
    day = clock.local_day(context.arrived_at())
    return find_areas(context.session(), request.args.get("dia-ban", ""), day, level=None)
