"""What the page showed of a letter that several bodies sign to who confirms it."""

from collections.abc import Sequence

from consult.shown import About, Kind, Shown
from consult.workspace import content as organisation_content
from consult.workspace import fields
from consult.workspace.cosigning import confirming, cosigners
from consult.workspace.shown import NEWEST, label, told


def _cosigned(about: About) -> Sequence[Shown]:
    """The text as it is, for a body that is asked to sign it, never what it was before; and the draft of the matter
    that was the newest."""
    cosigner, draft = confirming.find(about.session, about.matter, about.values["cosigner_id"], about.actor)
    if draft.submission_id is not None:
        return []
    number = str(cosigners.newest_number(about.session, about.matter.id) or "")
    texts = fields.by_place(organisation_content.read(draft.content)) | {NEWEST: number}
    return [Shown(str(cosigner.id), {"text": cosigners.digest_of(about.session, draft), NEWEST: number}, texts)]


COSIGNED = Kind("cosigned", _cosigned, told=told, label=label)
