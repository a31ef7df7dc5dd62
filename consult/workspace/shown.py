"""What the workspace shows of an opinion in preparation: its version, its fields, and beside what it is sent."""

from collections.abc import Sequence
from dataclasses import replace

from consult.errors import NotFound
from consult.shown import About, Kind, Parts, Said, Shown, Texts, digest
from consult.workspace import content as organisation_content
from consult.workspace import drafts, fields
from consult.workspace.cosigning import cosigners
from consult.workspace.forms import number
from consult.workspace.models import OrganisationDraft
from consult.workspace.versions import kept

VERSION = "version"
NEWEST = "newest_draft"
"""The draft of the matter that was the newest."""
_GROUPS = {"criteria": "criterion", "impact": "facet"}


def _draft(about: About) -> Sequence[Shown]:
    """A draft of the person's organisation; nothing once it is sent, since sending again gives the same receipt."""
    return _as_it_is(_found(about))


def _written(about: About) -> Sequence[Shown]:
    """The same; nothing also once it was put away: what is written in it meanwhile brings it back."""
    draft = drafts.find_any(about.session, about.matter, about.values["draft_id"], about.actor)
    return [] if draft.discarded_at else _as_it_is(draft)


def _as_it_is(draft: OrganisationDraft) -> Sequence[Shown]:
    if draft.submission_id is not None:
        return []
    version = str(draft.version)
    texts = fields.by_place(organisation_content.read(draft.content))
    return [Shown(str(draft.id), {VERSION: version}, texts, {VERSION: version})]


def _found(about: About) -> OrganisationDraft:
    return drafts.find(about.session, about.matter, about.values["draft_id"], about.actor)


def _earlier(about: About, _one: Shown, parts: Parts) -> Texts | None:
    try:
        version = kept.find(about.session, _found(about), number(parts.get(VERSION, "")))
    except NotFound:
        return None
    return fields.by_place(kept.read(version))


def _joins(about: About, one: Shown, parts: Parts) -> bool:
    return _earlier(about, one, parts) is not None


def _to_send(about: About) -> Sequence[Shown]:
    """A draft, who has confirmed it, and the draft of the matter that was the newest: who signs for a body is told of a
    further one before the letter goes, as citizens are."""
    names = [one.name for one in cosigners.confirmed(about.session, _found(about))]
    number = str(cosigners.newest_number(about.session, about.matter.id) or "")
    parts = {NEWEST: number} | ({"cosigned": digest(names)} if names else {})
    texts = {NEWEST: number, "cosigned": ", ".join(names)}
    return [replace(one, parts={**one.parts, **parts}, texts={**one.texts, **texts}) for one in _draft(about)]


def _earlier_to_send(about: About, one: Shown, parts: Parts) -> Texts | None:
    before = _earlier(about, one, parts)
    return {**before, NEWEST: parts[NEWEST]} if before is not None and NEWEST in parts else before


def label(name: str) -> Said:
    """A field of a draft as its form calls it: "Ý kiến 2: Nội dung ý kiến"."""
    group, _, rest = name.partition(".")
    if group == "comments" and rest:
        place, _, part = rest.partition(".")
        return f"draft_field.comment_{part}", {"number": int(place) + 1}
    return (f"{_GROUPS[group]}.{rest}", {}) if group in _GROUPS and rest else (f"draft_field.{name}", {})


def told(_about: About, name: str, text: str) -> Said:
    """What stands in a field: the words for a code or the number of a draft, otherwise as it is."""
    if name == NEWEST and text:
        return "place.draft", {"number": text}
    coded = {"stance": "stance", "form": "critique_form", "topic": "topic"}.get(name.rpartition(".")[2])
    return (f"{coded}.{text}", {}) if coded and text else text


DRAFT = Kind("draft", _draft, _earlier, told=told, label=label)
"""A draft that is sent or put away as it was read."""
WRITTEN = replace(DRAFT, now=_written, joins=_joins)
"""A draft in which something is written: whoever else wrote meanwhile, both are put together."""
TO_SEND = Kind("to_send", _to_send, _earlier_to_send, told=told, label=label)
"""A draft that is sent: as it was read, in the name of those who were listed, about the draft that was the newest."""
