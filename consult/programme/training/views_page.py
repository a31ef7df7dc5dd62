"""The page of a course at work, from which all is done that is done with it."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.programme import bodies, heads
from consult.programme.training import attendance, courses, signing_in, sittings, typed
from consult.programme.training.models import Course
from consult.programme.views_frame import Wrong, forget, now, page, today
from consult.web import context


def found_course(slug: str, number: int) -> Course:
    """The course of this address for who may read it. Raises NotFound."""
    session = context.session()
    return courses.readable(session, heads.found(session, slug), number, context.actor())


def course_page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    """The course; `form` names what was sent and is `wrong`. Raises NotFound."""
    forget(wrong)
    session, actor, found = context.session(), context.actor(), found_course(slug, number)
    came_back = wrong is not None and form == "facts" and "title" in request.form
    invited, begun = courses.bodies_of(session, found), typed.course(found)
    own = [session.get_one(Organisation, each) for each in sorted(heads.bodies_of(actor))]
    values: dict[str, Any] = {
        "programme": found.programme, "course": found, "organises": courses.organises(found.programme, actor),
        "people": attendance.participants_for(found, actor), "invited": invited,
        "own": [(str(body.id), body.name) for body in own], "today": today(), "bodies": to_invite(),
        "before": attendance.group_result(found.points_before), "after": attendance.group_result(found.points_after),
        "fewest": attendance.FEWEST, "written": attendance.written,
        "facts": typed_form() if came_back else begun, **_signed_in(found),
        "recorded": {str(each.id): each.name for each in invited},
    }  # fmt: skip
    return page("programme/training/work.html", wrong, None, form, **values)


def typed_form() -> dict[str, Any]:
    """A course as its form was sent."""
    return {**request.form.to_dict(), "invited": request.form.getlist("invited")}


def to_invite() -> bodies.Choices:
    """The bodies that can be invited."""
    return bodies.of_kinds(context.session(), frozenset(OrganisationKind), today())


def _signed_in(found: Course) -> dict[str, Any]:
    """What organisers read of who signed in by the code on the wall."""
    if not courses.organises(found.programme, context.actor()):
        return {"there": {}, "waiting": (), "most": signing_in.MOST_SHOWN}
    session = context.session()
    return {
        "there": signing_in.there(session, found), "waiting": signing_in.waiting(session, found),
        "most": signing_in.MOST_SHOWN,
        "hour": sittings.hour, "open_now": [each.number for each in found.sittings if sittings.is_open(each, now())],
        "sending": courses.sending(session, found),
    }  # fmt: skip
