"""Letters that several bodies sign, for the scene."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from consult.submissions.words import SubmissionKind
from consult.workspace import drafts
from consult.workspace.cosigning import naming
from tests.builders import make_actor, make_organisation, make_user

if TYPE_CHECKING:
    from tests.house.routes.shown_scene import Scene


def of_cosigning(scene: "Scene", union: Organisation, draft_id: UUID, now: datetime) -> None:
    """A body that the union may ask to sign its draft too, and a letter of that body which it is asked to sign."""
    session, matter = scene.session, scene.desk.matter
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    make_user(session, front, [Role.SENDER])
    author = make_actor(session, front, Role.DRAFTER)
    draft = drafts.start(session, matter, front.id, SubmissionKind.FORMAL, author, now)
    asked = naming.name(session, matter, draft.id, union.id, author, now)
    form = {"do": "ask", "organisation": str(front.id)}
    scene.add("workspace.cosigning.name", form, slug=matter.slug, draft_id=draft_id)
    scene.add("workspace.cosigning.answer", {"do": "confirm"}, slug=matter.slug, cosigner_id=asked.id)
