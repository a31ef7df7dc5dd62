"""What the pages showed of a letter that several bodies sign: to who confirms it, and to who sends it."""

from collections.abc import Sequence
from dataclasses import replace

from consult.consultations.matter.queries import newest_draft
from consult.shown import About, Kind, Parts, Said, Shown, Texts, digest
from consult.workspace import content as organisation_content
from consult.workspace import drafts, fields
from consult.workspace.cosigning import confirming, cosigners
from consult.workspace.shown import DRAFT, label, told

NEWEST = "newest_draft"


def _cosigned(about: About) -> Sequence[Shown]:
    """The text as it is, for a body that is asked to sign it, never what it was before; and the draft of the matter
    that was the newest."""
    cosigner, draft = confirming.find(about.session, about.matter, about.values["cosigner_id"], about.actor)
    if draft.submission_id is not None:
        return []
    number = str(cosigners.newest_number(about.session, about.matter.id) or "")
    texts = fields.by_place(organisation_content.read(draft.content)) | {NEWEST: number}
    return [Shown(str(cosigner.id), {"text": cosigners.digest_of(about.session, draft), NEWEST: number}, texts)]


def _to_send(about: About) -> Sequence[Shown]:
    """A draft, who has confirmed it, and the draft of the matter that was the newest: who signs for a body is told of a
    further one before the letter goes, as citizens are."""
    found = DRAFT.now(about)
    draft = drafts.find(about.session, about.matter, about.values["draft_id"], about.actor)
    names = [one.name for one in cosigners.confirmed(about.session, draft)]
    newest = newest_draft(about.session, about.matter.id)
    number = str(newest.number) if newest is not None else ""
    parts = {NEWEST: number} | ({"cosigned": digest(names)} if names else {})
    texts = {NEWEST: number, "cosigned": ", ".join(names)}
    return [replace(one, parts={**one.parts, **parts}, texts={**one.texts, **texts}) for one in found]


def _earlier(about: About, one: Shown, parts: Parts) -> Texts | None:
    before = DRAFT.earlier(about, one, parts)
    return {**before, NEWEST: parts[NEWEST]} if before is not None and NEWEST in parts else before


def _told(about: About, name: str, text: str) -> Said:
    return ("place.draft", {"number": text}) if name == NEWEST and text else told(about, name, text)


COSIGNED = Kind("cosigned", _cosigned, told=_told, label=label)
TO_SEND = Kind("to_send", _to_send, _earlier, told=_told, label=label)
"""A draft that is sent: as it was read, in the name of those who were listed, about the draft that was the newest."""
