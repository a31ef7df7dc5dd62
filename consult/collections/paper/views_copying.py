"""Copying what stands in photographed minutes or on pages: the pictures beside one text, whose lines are opinions. For
the branch itself, and for who collects above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.collections import views_frame as branches
from consult.collections import views_work as work
from consult.collections.inputs import NewOpinion
from consult.collections.models import Gathering, GatheringFile
from consult.collections.paper.service import written
from consult.collections.recording import lists, service
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.desk.typing import typed_places
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.intake import views_scans
from consult.responses.paper import clauses, said
from consult.responses.paper.said import Said
from consult.submissions.views_frame import site_codes
from consult.web import context, parked_answers, tickets
from consult.web.catalogue import say
from consult.web.guard import access, public
from consult.web.tickets import TicketExpired

of_branch = Blueprint("copying", __name__)
of_work = Blueprint("copying", __name__)
BRANCH = "/thu-thap/<int:collection>/<int:number>/buoi/<int:at>/chep/"
WORK = work.AT + "buoi/<int:at>/chep/"
PICTURE = "anh/<uuid:file>/<int:page>/<int:turned>/"
SCOPE = "copying"


@dataclass(frozen=True)
class Copying:
    """Where it is done: the gathering, who does it, the idempotency key of the form, and how the
    pages look. `address` is that of one of its views."""

    gathering: Gathering
    by_id: UUID | None
    key: Callable[[], str]
    address: Callable[..., str]
    back: str
    page: Callable[..., ResponseReturnValue]

    @property
    def files(self) -> Sequence[GatheringFile]:
        """Its files that were not removed and can be shown."""
        shown = ("image/", "application/pdf")
        return [one for one in self.gathering.files if one.removed_at is None and one.media_type.startswith(shown)]


@of_branch.get(BRANCH)
@public()
def show(collection: int, number: int, at: int) -> ResponseReturnValue:
    """The pictures, and an empty text."""
    return _page(_of_branch(collection, number, at))


@of_branch.post(BRANCH)
@public(alone="more opinions of a gathering")
def save(collection: int, number: int, at: int) -> ResponseReturnValue:
    """Records each line."""
    copying = _of_branch(collection, number, at)
    tickets.check_origin()
    return _save(copying)


@of_branch.get(BRANCH + PICTURE)
@public()
def picture(collection: int, number: int, at: int, file: UUID, page: int, turned: int) -> Response:
    """A page of one of its files."""
    return _picture(_of_branch(collection, number, at), file, page, turned)


@of_work.get(WORK)
@access(Action.USE_WORKSPACE)
def show_above(number: int, at: int) -> ResponseReturnValue:
    """The same for who collects."""
    return _page(_of_work(number, at))


@of_work.post(WORK)
@access(Action.USE_WORKSPACE, alone="more opinions of a gathering")
def save_above(number: int, at: int) -> ResponseReturnValue:
    """Records each line."""
    return _save(_of_work(number, at))


@of_work.get(WORK + PICTURE)
@access(Action.USE_WORKSPACE)
def picture_above(number: int, at: int, file: UUID, page: int, turned: int) -> Response:
    """A page of one of its files."""
    return _picture(_of_work(number, at), file, page, turned)


def _of_branch(collection: int, number: int, at: int) -> Copying:
    branch = branches.branch_of_request(collection, number)
    here: dict[str, Any] = {"collection": collection, "number": number, "at": at}

    def page(status: int, **values: Any) -> ResponseReturnValue:
        return branches.page("paper/copy_branch", branch, status, **values)

    def address(view: str, **values: Any) -> str:
        return url_for(f"branch.copying.{view}", **here, **values)

    back = url_for("branch.gathering.show", **here)
    return Copying(lists.find(context.session(), branch, at), None, branches.sent_key, address, back, page)


def _of_work(number: int, at: int) -> Copying:
    collection = work.collection_of(number)

    def page(status: int, **values: Any) -> ResponseReturnValue:
        return work.page(
            "paper/copy_work", collection, status, ticket=tickets.issue(SCOPE, context.arrived_at()), **values
        )

    def address(view: str, **values: Any) -> str:
        return work.there(f"copying.{view}_above", collection, at=at, **values)

    found = lists.of_collection(context.session(), collection, at)
    return Copying(
        found, context.actor().user_id, _key_above, address, work.there("typing.show", collection, at=at), page
    )


def _key_above() -> str:
    return tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at()).key


def _save(copying: Copying) -> ResponseReturnValue:
    step, _, about = request.form.get("act", "").partition(":")
    if step == "look":
        return parked_answers.parked(_page(copying, look=about), copying.address("show"), "ban-chup")
    try:
        key = copying.key()
        opinions = _opinions(copying)
        service.add_opinions(
            context.session(), copying.gathering, opinions, key, copying.by_id, site_codes(), context.arrived_at()
        )
    except Invalid as wrong:
        errors = {"text": next(iter(wrong.errors.values()))}
        return parked_answers.parked(_page(copying, 422, errors=errors), copying.address("show"))
    except TicketExpired:
        return parked_answers.parked(_page(copying, 409, refusal="form_expired"), copying.address("show"))
    except Refused as refused:
        return parked_answers.parked(_page(copying, 409, refusal=refused.reason), copying.address("show"))
    return redirect(copying.back, 303)


def _opinions(copying: Copying) -> list[NewOpinion]:
    general = bool(request.form.get("as_general")) or copying.gathering.branch.collection.consultation is None
    typed = Said((), request.form.get("text", ""), as_general=general)
    return [NewOpinion(one.text, written(one.anchor)) for one in said.opinions((), typed, _places(copying), {})]


def _places(copying: Copying) -> NamedPlaces:
    """What may stand before a line. Without a draft it is of the one that is chosen, or that people had in their hands
    when they met: what was published on the very day they hardly knew."""
    held, meant = copying.gathering, typed_places.chosen_draft(request.form)
    at = clock.start_of_day(held.held_on) if held.held_on is not None else held.recorded_at
    return clauses.places_of(context.session(), held.branch.collection.consultation, say, meant, at)


def _page(copying: Copying, status: int = 200, look: str = "", **values: Any) -> ResponseReturnValue:
    files, places = copying.files, _places(copying)
    seen = views_scans.look(look or request.form.get("look", ""), files)
    matter = copying.gathering.branch.collection.consultation
    text = request.form.get("text", "")
    given = {"errors": {}, "refusal": "", **values}
    return copying.page(
        status, copying=copying, gathering=copying.gathering, files=files, seen=seen, form=request.form,
        pages=views_scans.count_of(files[seen.scan].file_hash) if files else 0, places=places,
        unknown=said.unknown(text, places) if matter is not None else [], **given,
    )  # fmt: skip


def _picture(copying: Copying, file: UUID, page: int, turned: int) -> Response:
    found = next((one for one in copying.files if one.id == file), None)
    if found is None:
        raise NotFound
    return views_scans.drawn(found.file_hash, page, turned)
