"""What the workspace shows of an opinion in preparation: its version, its fields, and which scans lie on it."""

from collections.abc import Sequence
from typing import Any

from consult.consultations import saved_versions
from consult.shown import About, Kind, Said, Shown, Texts, digest
from consult.workspace import content as organisation_content
from consult.workspace import draft_scans, drafts, fields, forms

SCANS = "scans"
_GROUPS = {"criteria": "criterion", "impact": "facet"}


def _draft(about: About) -> Sequence[Shown]:
    """A draft of the person's organisation; nothing once it is sent, since sending again gives the same receipt."""
    draft = drafts.find(about.session, about.matter, about.values["draft_id"], about.actor)
    if draft.submission_id is not None:
        return []
    texts = fields.by_name(organisation_content.read(draft.content))
    scans = draft_scans.attachments_of(about.session, draft)
    parts = {**saved_versions.parts_of(texts), SCANS: digest([str(scan.id) for scan in scans])}
    return [Shown(str(draft.id), parts, texts, {"version": str(draft.version)})]


def _typed(form: Any) -> Texts:
    """What the form holds; of one that only picks or sends, nothing."""
    return fields.by_name(forms.content(form)) if "comments.0.text" in form else {}


def label(name: str) -> Said:
    """A field of a draft as its form calls it: "Ý kiến 2: Nội dung ý kiến"."""
    group, _, rest = name.partition(".")
    if group == "comments" and rest:
        number, _, part = rest.partition(".")
        return f"draft_field.comment_{part}", {"number": int(number) + 1}
    return (f"{_GROUPS[group]}.{rest}", {}) if group in _GROUPS and rest else (f"draft_field.{name}", {})


def _told(_about: About, name: str, text: str) -> Said:
    coded = {"stance": "stance", "form": "critique_form"}.get(name.rpartition(".")[2])
    return (f"{coded}.{text}", {}) if coded and text else text


_KEPT = saved_versions.keeper("draft")
DRAFT = Kind(
    "draft", _draft, _KEPT.earlier, typed=_typed, merges=frozenset({saved_versions.PART, SCANS}), keep=_KEPT.keep,
    told=_told, label=label,
)  # fmt: skip
