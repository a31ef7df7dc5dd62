"""The mails that did not arrive: those on a matter for its desk, those to staff for administrators."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.notices.undelivered import mails as undelivered
from consult.notices.undelivered.mails import Handling, UndeliveredMail
from consult.notices.undelivered.shown import CONTACT
from consult.outbox.undelivered import WhyUndelivered, count_to_senders
from consult.policy import Action
from consult.responses.desk import counts
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("undelivered", __name__)
MOST = 500


@blueprint.get("/xu-ly/<slug>/thu-khong-gui-duoc/")
@access(Action.SEE_MAILS, of=queries.by_slug)
def of_matter(consultation: Consultation) -> ResponseReturnValue:
    """The mails on a matter that did not arrive, narrowed by `why`."""
    return _of_matter(consultation)


@blueprint.post("/xu-ly/<slug>/thu-khong-gui-duoc/")
@access(Action.SEE_MAILS, of=queries.by_slug, alone="each mail that it names is handled once")
def handle_of_matter(consultation: Consultation) -> ResponseReturnValue:
    """Sends those that were ticked again, or sets them aside; nothing ticked comes back as 422."""
    how, chosen = asked_for()
    if not chosen:
        return _of_matter(consultation, {"mail": "choose_one"}), 422
    undelivered.handle(context.session(), consultation, chosen, how, context.actor(), context.arrived_at())
    flash(f"undelivered.{how.value}")
    return redirect(url_for("undelivered.of_matter", slug=consultation.slug), 303)


@blueprint.get("/xu-ly/<slug>/thu-khong-gui-duoc/<uuid:mail_id>/dia-chi/")
@access(Action.SEE_MAILS, of=queries.by_slug)
def address(consultation: Consultation, mail_id: UUID) -> ResponseReturnValue:
    """The form that puts the address of a sender right."""
    return _address(consultation, mail_id, {})


@blueprint.post("/xu-ly/<slug>/thu-khong-gui-duoc/<uuid:mail_id>/dia-chi/")
@access(Action.SEE_MAILS, of=queries.by_slug, acts_on=CONTACT)
def correct_address(consultation: Consultation, mail_id: UUID) -> ResponseReturnValue:
    """Puts it right, and sends again what did not arrive; what is wrong comes back as 422."""
    given = (request.form.get("contact", ""), request.form.get("reason", ""))
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        undelivered.correct_address(session, consultation, mail_id, *given, actor, now)
    except Invalid as invalid:
        return _address(consultation, mail_id, invalid.errors), 422
    flash("undelivered.address_corrected")
    return redirect(url_for("undelivered.of_matter", slug=consultation.slug), 303)


@blueprint.get("/quan-tri/thu-khong-gui-duoc/")
@access(Action.ADMINISTER)
def to_staff() -> ResponseReturnValue:
    """The mails to people who sign in and to units that did not arrive, narrowed by `why`."""
    return _to_staff()


@blueprint.post("/quan-tri/thu-khong-gui-duoc/")
@access(Action.ADMINISTER, alone="each mail that it names is handled once")
def handle_to_staff() -> ResponseReturnValue:
    """Sends those that were ticked again, or sets them aside; nothing ticked comes back as 422."""
    how, chosen = asked_for()
    if not chosen:
        return _to_staff({"mail": "choose_one"}), 422
    undelivered.handle(context.session(), None, chosen, how, context.actor(), context.arrived_at())
    flash(f"undelivered.{how.value}")
    return redirect(url_for("undelivered.to_staff"), 303)


def _of_matter(consultation: Consultation, errors: dict[str, str] | None = None) -> str:
    found = undelivered.of_matter(context.session(), consultation, why_asked())
    return page("of_matter", found, errors, **_frame(consultation))


def _to_staff(errors: dict[str, str] | None = None) -> str:
    session = context.session()
    return page("to_staff", undelivered.to_staff(session, why_asked()), errors, others=count_to_senders(session))


def _address(consultation: Consultation, mail_id: UUID, errors: dict[str, str]) -> str:
    there = undelivered.of_matter(context.session(), consultation)
    found = next((one for one in there if one.id == mail_id and one.correctable), None)
    if found is None:
        raise NotFound
    typed = request.form.to_dict()
    return _render("address", mail=found, form=typed, errors=errors, **_frame(consultation))


def page(name: str, found: list[UndeliveredMail], errors: dict[str, str] | None, **values: Any) -> str:
    """The page `name` with these mails, as they were ticked."""
    chosen = request.form.getlist("mail")
    choices = [
        ("", say("why_undelivered.any")),
        *((one.value, say(f"why_undelivered.{one}")) for one in WhyUndelivered),
    ]
    rows = [_row(one) for one in found]
    return _render(
        name, rows=rows, chosen=chosen, why=why_asked() or "", choices=choices, errors=errors or {}, **values
    )


def _render(name: str, **values: Any) -> str:
    return render_template(f"notices/undelivered/{name}.html", actor=context.actor(), **values)


def _frame(consultation: Consultation) -> dict[str, Any]:
    """What the pages of a desk show around their own content."""
    shown = counts.counts(context.session(), consultation)
    return {"consultation": consultation, "counts": shown, "refusal": None, "now": context.arrived_at()}


def _row(mail: UndeliveredMail) -> dict[str, Any]:
    label = say("undelivered.choose", what=say(f"mail_notice.{mail.notice}"), to=mail.to)
    return {"id": str(mail.id), "check_label": label, "mail": mail}


def why_asked() -> WhyUndelivered | None:
    """The reason that the list is narrowed to; None for all."""
    asked = request.args.get("why", "")
    return WhyUndelivered(asked) if asked in set(WhyUndelivered) else None


def asked_for() -> tuple[Handling, list[UUID]]:
    """What a button says, and the mails that were ticked, or all that were on the page."""
    every = request.form.get("how") == "all"
    try:
        chosen = [UUID(one) for one in request.form.getlist("shown" if every else "mail")[:MOST]]
        return Handling.SENT_AGAIN if every else Handling(request.form.get("how", "")), chosen
    except ValueError as bad:
        raise NotFound from bad
