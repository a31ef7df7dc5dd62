"""To which providers one's own account is bound: seen, begun and ended."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consult.errors import Invalid, NotFound
from consult.policy import Action
from consult.sign_in import factors, service
from consult.sign_in.providers import service as links
from consult.sign_in.views_frame import (
    count_own,
    done,
    known_providers,
    of_removing,
    present_user,
    proof,
    shown_lately,
)
from consult.sign_in.views_session import vault
from consult.web import context, sign_in_log
from consult.web.guard import access

blueprint = Blueprint("providers", __name__)

BINDING = "binding"
"""What the cookie holds of who showed the password, until they come back from the provider."""


@blueprint.get("/tai-khoan/lien-ket/")
@access(Action.SIGN_IN_NEEDED)
def show() -> ResponseReturnValue:
    """One's own links, and the providers that there are."""
    return _page({})


@blueprint.post("/tai-khoan/lien-ket/")
@access(Action.SIGN_IN_NEEDED, alone="one's own link, which is not made before the provider says who it is")
def begin() -> ResponseReturnValue:
    """Lets who shows the password go to the provider to be bound; what is wrong comes back as 422."""
    user, key = present_user(), request.form.get("provider", "")
    count_own("provider_bind", user.id)
    if key not in known_providers():
        raise NotFound
    try:
        service.prove(context.session(), user.id, proof(), vault(), context.arrived_at())
    except Invalid as invalid:
        sign_in_log.tell("provider_not_bound", user.id, reasons=" ".join(invalid.errors.values()))
        return _page(invalid.errors), 422
    cookie[BINDING] = [key, current_user.sign_in_id.hex, int(context.arrived_at().timestamp())]
    return redirect(url_for("providers.on_the_way", provider=key), 303)


@blueprint.get("/tai-khoan/lien-ket/<provider>/")
@access(Action.SIGN_IN_NEEDED)
def on_the_way(provider: str) -> ResponseReturnValue:
    """The last page before the provider's own: a form may not lead to another site, a link may."""
    known = known_providers().get(provider)
    if known is None or cookie.get(BINDING, [""])[0] != provider:
        return redirect(url_for("providers.show"), 303)
    return render_template("sign_in/providers/go.html", actor=context.actor(), provider=known)


@blueprint.post("/tai-khoan/lien-ket/bo/")
@access(Action.SIGN_IN_NEEDED, alone="one's own link, which can only go, told by typing the password")
def unbind() -> ResponseReturnValue:
    """Ends one of one's own links; what is wrong comes back as 422."""
    user, shown, now = present_user(), proof("remove_present", "remove_code"), context.arrived_at()
    kept, known = current_user.sign_in_id, known_providers()
    count_own("provider_unbind", user.id)
    try:
        links.unbind(context.session(), user.id, _chosen(), shown, kept, known, vault(), now)
    except Invalid as invalid:
        sign_in_log.tell("provider_not_unbound", user.id, reasons=" ".join(invalid.errors.values()))
        return _page(of_removing(invalid.errors)), 422
    sign_in_log.tell("provider_unbound", user.id)
    return done("account.provider_unbound", "providers.show")


def _chosen() -> UUID:
    try:
        return UUID(request.form.get("link", ""))
    except ValueError as bad:
        raise Invalid({"link": "required"}) from bad


def _page(errors: dict[str, str]) -> str:
    session, user = context.session(), present_user()
    kept = links.of_person(session, user.id)
    known = known_providers()
    free = [one for one in known.values() if one.issuer not in {link.issuer for link in kept}]
    names = {one.key: one.name(context.language()) for one in known.values()}
    held = {"factors": factors.of(session, user), "recent": shown_lately()}
    return render_template(
        "sign_in/providers/links.html", actor=context.actor(), links=kept, free=free, names=names, errors=errors, **held
    )
