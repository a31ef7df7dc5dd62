"""What the pages of preparation show of documents, outlines, revisions and their matches."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from consult.consultations.desk import forms_revisions
from consult.consultations.document_models import (
    ChangeSource,
    Document,
    OutlineCorrection,
    Provision,
    ProvisionMatch,
    Revision,
)
from consult.consultations.matter import queries
from consult.consultations.preparation import documents, publication_digest
from consult.consultations.revisions import draft_paths, match_choices, matching, next_revision
from consult.errors import NotFound
from consult.policy import Action, require
from consult.shown import About, Kind, Shown, digest


def _document(about: About) -> Sequence[Shown]:
    """A document with its newest file: one that is replaced or removed, or that gets its next revision."""
    document, revision = _newest(about)
    return [
        Shown(str(document.number), {"file": digest(revision.id, revision.published_at)}, _file(document, revision))
    ]


def _outline(about: About) -> Sequence[Shown]:
    """The outline of what is not public yet, as often as it was corrected; the words of the provision in hand."""
    document, revision = _waiting(about)
    corrections = _corrections(about, revision)
    path = str(about.values.get("path") or about.form.get("path", ""))
    own = Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id
    here = about.session.scalar(select(Provision).where(*own, draft_paths.at(path)))
    texts = {"place": f"{here.label} {here.heading}".strip(), "text": here.text} if here is not None else {}
    texts["corrections"] = _told(corrections)
    version = {"outline": f"{digest(revision.id)}.{len(corrections)}"}
    return [Shown(str(document.number), version, texts)]


def _outline_before(about: About, one: Shown, parts: Any) -> dict[str, str] | None:
    """What had been corrected when the page was shown: what came after it is what changed."""
    _document_, revision = _waiting(about)
    own, _dot, count = parts.get("outline", "").partition(".")
    if own != digest(revision.id) or not count.isdigit():
        return None
    return {"corrections": _told(_corrections(about, revision)[: int(count)])}


def _revision(about: About) -> Sequence[Shown]:
    """A further revision that is not public yet, all of it; nothing once it is."""
    document, revision = _waiting(about)
    require(about.actor, Action.REVISE_MATTER, about.matter, about.now)
    version = publication_digest.of_revision(about.session, document, revision)
    texts = {**_file(document, revision), "corrections": _told(_corrections(about, revision))}
    return [Shown(str(document.number), {"all": version, "matches": _matches_version(about, revision)}, texts)]


def _match(about: About) -> Sequence[Shown]:
    """What one provision is matched with."""
    given = {**about.form, **about.values}
    document = queries.document_of(about.session, about.matter.id, given["number"])
    newer = queries.revision_of(about.session, document, given["revision"])
    before = matching.previous(about.session, newer)
    side, path = forms_revisions.side(given), str(given.get("path", ""))
    if before is None:
        raise NotFound
    found = match_choices.editing(about.session, before, newer, side, path)
    texts = {"others": "\n".join(choice.path for choice in found.choices if choice.chosen)}
    return [Shown(f"{document.number}.{newer.number}.{side}.{path}", {"others": digest(texts)}, texts)]


def _sources(about: About) -> Sequence[Shown]:
    """Where the ticked changes of a revision came from, as told last."""
    chosen = about.values["changes"] if "changes" in about.values else about.form.getlist("change")
    rows = about.session.scalars(
        select(ChangeSource)
        .where(ChangeSource.consultation_id == about.matter.id)
        .order_by(ChangeSource.at, ChangeSource.id)
    )
    told = {str(row.provision_id): row for row in rows}
    return [_source(key, told.get(key)) for key in chosen]


def _source(key: str, row: ChangeSource | None) -> Shown:
    texts = {"source": row.source.value, "note": row.note} if row is not None else {}
    return Shown(key, {"source": digest(row.id if row is not None else None)}, texts)


def _newest(about: About) -> tuple[Document, Revision]:
    document = queries.document_of(about.session, about.matter.id, about.values["number"])
    revision = documents.newest_revisions(about.session, about.matter.id).get(document.id)
    if revision is None:
        raise NotFound
    return document, revision


def _waiting(about: About) -> tuple[Document, Revision]:
    document = queries.document_of(about.session, about.matter.id, about.values["number"])
    return document, next_revision.waiting_of(about.session, document)


def _file(document: Document, revision: Revision) -> dict[str, str]:
    return {"title": document.title, "file": revision.file_name}


def _corrections(about: About, revision: Revision) -> Sequence[OutlineCorrection]:
    own = OutlineCorrection.consultation_id == revision.consultation_id, OutlineCorrection.revision_id == revision.id
    return about.session.scalars(select(OutlineCorrection).where(*own).order_by(OutlineCorrection.id)).all()


def _told(corrections: Iterable[OutlineCorrection]) -> str:
    return "\n".join(" ".join(str(value) for value in one.operation.values()) for one in corrections)


def _matches_version(about: About, revision: Revision) -> str:
    rows = about.session.execute(
        select(ProvisionMatch.old_id, ProvisionMatch.new_id, ProvisionMatch.kind)
        .where(*matching.of_revision(revision))
        .order_by(ProvisionMatch.id)
    )
    return digest([[str(part) for part in row] for row in rows])


DOCUMENT = Kind("document", _document)
OUTLINE = Kind("outline", _outline, _outline_before)
REVISION = Kind("revision", _revision)
COMPARED = replace(REVISION, matters=lambda _form: ("all",))
MATCH = Kind("match", _match)
SOURCES = Kind("source", _sources, rows="change")
