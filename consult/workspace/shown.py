"""What the workspace shows of an opinion in preparation: its version, and its fields."""

from collections.abc import Sequence
from dataclasses import replace

from consult.errors import NotFound
from consult.shown import About, Kind, Parts, Said, Shown, Texts
from consult.workspace import content as organisation_content
from consult.workspace import drafts, fields
from consult.workspace.forms import number
from consult.workspace.models import OrganisationDraft
from consult.workspace.versions import kept

VERSION = "version"
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


def label(name: str) -> Said:
    """A field of a draft as its form calls it: "Ý kiến 2: Nội dung ý kiến"."""
    group, _, rest = name.partition(".")
    if group == "comments" and rest:
        place, _, part = rest.partition(".")
        return f"draft_field.comment_{part}", {"number": int(place) + 1}
    return (f"{_GROUPS[group]}.{rest}", {}) if group in _GROUPS and rest else (f"draft_field.{name}", {})


def told(_about: About, name: str, text: str) -> Said:
    """What stands in a field: the words for a code, otherwise as it is."""
    coded = {"stance": "stance", "form": "critique_form", "topic": "topic"}.get(name.rpartition(".")[2])
    return (f"{coded}.{text}", {}) if coded and text else text


DRAFT = Kind("draft", _draft, _earlier, told=told, label=label)
"""A draft that is sent or put away as it was read."""
WRITTEN = replace(DRAFT, now=_written, joins=_joins)
"""A draft in which something is written: whoever else wrote meanwhile, both are put together."""
