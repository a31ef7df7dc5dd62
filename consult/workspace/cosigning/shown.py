"""What the pages showed of a letter that several bodies sign: to who confirms it, and to who sends it."""

from collections.abc import Sequence
from dataclasses import replace

from consult.shown import About, Kind, Shown, digest
from consult.workspace import content as organisation_content
from consult.workspace import drafts, fields
from consult.workspace.cosigning import confirming, cosigners
from consult.workspace.shown import DRAFT, label, told


def _cosigned(about: About) -> Sequence[Shown]:
    """The text as it is, for a body that is asked to sign it: never what it was before."""
    cosigner, draft = confirming.find(about.session, about.matter, about.values["cosigner_id"], about.actor)
    if draft.submission_id is not None:
        return []
    texts = fields.by_place(organisation_content.read(draft.content))
    return [Shown(str(cosigner.id), {"text": cosigners.digest_of(about.session, draft)}, texts)]


def _to_send(about: About) -> Sequence[Shown]:
    """A draft, and who has confirmed it."""
    found = DRAFT.now(about)
    draft = drafts.find(about.session, about.matter, about.values["draft_id"], about.actor)
    names = [one.name for one in cosigners.confirmed(about.session, draft)]
    parts = {"cosigned": digest(names)} if names else {}
    return [
        replace(one, parts={**one.parts, **parts}, texts={**one.texts, "cosigned": ", ".join(names)}) for one in found
    ]


COSIGNED = Kind("cosigned", _cosigned, told=told, label=label)
TO_SEND = Kind("to_send", _to_send, DRAFT.earlier, told=told, label=label)
"""A draft that is sent: as it was read, in the name of those who were listed."""
