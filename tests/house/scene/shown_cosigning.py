"""Letters that several people and bodies write and sign, for the scene."""

from typing import TYPE_CHECKING
from uuid import UUID

from consult import clock
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from consult.submissions.words import SubmissionKind
from consult.workspace import drafts
from consult.workspace.cosigning import naming
from tests.builders import make_actor, make_organisation, make_user

if TYPE_CHECKING:
    from tests.house.scene.shown_scene import Scene


def of_cosigning(scene: "Scene", matter: Consultation, union: Organisation, draft_id: UUID) -> None:
    """What several do with a draft of the union: they write, review and sign it; and a letter of another body that the
    union is asked to sign too."""
    session, now = scene.session, clock.now()
    scene.add("workspace.reviewing.answer", {"do": "note"}, slug=matter.slug, draft_id=draft_id)
    for endpoint, given in (("versions.settle", {"version": "1"}), ("versions.bring_back", {})):
        scene.add(f"workspace.{endpoint}", given, slug=matter.slug, draft_id=draft_id, number=1)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    make_user(session, front, [Role.SENDER])
    author = make_actor(session, front, Role.DRAFTER)
    draft = drafts.start(session, matter, front.id, SubmissionKind.FORMAL, author, now)
    asked = naming.name(session, matter, draft.id, union.id, author, now)
    form = {"do": "ask", "organisation": str(front.id)}
    scene.add("workspace.cosigning.name", form, slug=matter.slug, draft_id=draft_id)
    scene.add("workspace.cosigning.answer", {"do": "confirm"}, slug=matter.slug, cosigner_id=asked.id)
