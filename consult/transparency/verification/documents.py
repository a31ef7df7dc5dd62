"""The documents of a matter against its log: revisions with their provisions and pages, and the files kept of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Provision, Revision, Summary
from consult.consultations.models import Consultation
from consult.consultations.preparation import ledger_facts
from consult.files.store import FileStore
from consult.responses.recordings.models import SheetRecording
from consult.transparency.replay import Entry
from consult.transparency.row_reading import Tampered, Told, require, rows_of, same_moment


def check_documents(session: Session, consultation: Consultation, published: Sequence[Entry], files: FileStore) -> int:
    """Every revision as its entry published it; gives the number of those. Raises Tampered."""
    fixed: dict[tuple[int, int], tuple[Entry, dict[str, Any]]] = {}
    for entry in published:
        for told in entry["documents"]:
            fixed.setdefault((told["document"], told["revision"]), (entry, told))
    documents = {row.id: row for row in rows_of(session, Document, consultation.id)}
    for revision in rows_of(session, Revision, consultation.id, Revision.created_at):
        document = documents.get(revision.document_id)
        if document is None:
            raise Tampered(Told("tampered.revision_its_document_does_not_exist", key=revision.id))
        logged_as = fixed.pop((document.number, revision.number), None)
        published_at = logged_as[0]["at"] if logged_as else None
        require(
            same_moment(revision.published_at, published_at),
            Told("tampered.revision_published_at_is_wrong", key=revision.id),
        )
        if logged_as is not None:
            _check_revision(session, document, revision, logged_as[1], logged_as[0]["index"])
            _check_file(revision, files)
    require(not fixed, Told("tampered.revision_of_the_log_does_not_exist", value=min(fixed, default="")))
    return len({(told["document"], told["revision"]) for entry in published for told in entry["documents"]})


def _check_revision(session: Session, document: Document, revision: Revision, told: Any, index: int) -> None:
    name = Told("tampered.revision_of_document", number=revision.number, number_2=document.number)
    _check_shape(rows_of(session, Provision, revision.consultation_id, Provision.position), revision)
    rows_of(session, Page, revision.consultation_id)
    found = ledger_facts.document_value(session, document, revision)
    for member in ("title", "role", "sha256"):
        require(
            found[member] == told[member],
            Told("tampered.its_is_not_as_entry_published_it", name=name, member=member, index=index),
        )
    require(
        found["outline"] == told["outline"],
        Told("tampered.a_provision_a_page_or_its_title_differs_from_entry", name=name, index=index),
    )


def _check_shape(provisions: Sequence[Provision], revision: Revision) -> None:
    """Rows stand under a parent of the same revision, one deeper than it: otherwise a tree made of them would differ
    from what pages show."""
    own = [row for row in provisions if row.revision_id == revision.id]
    depths = {row.id: row.depth for row in own}
    for place, row in enumerate(own):
        require(
            row.position == place, Told("tampered.provision_it_does_not_stand_where_its_position_says", path=row.path)
        )
        expected = depths.get(row.parent_id, -2) + 1 if row.parent_id else 0
        require(row.depth == expected, Told("tampered.provision_it_does_not_stand_where_its_depth_says", path=row.path))


def _check_file(revision: Revision, files: FileStore) -> None:
    name = Told("tampered.revision_its_file", key=revision.id, file_hash=revision.file_hash)
    require(len(_whole(name, revision.file_hash, files)) == revision.file_size,
            Told("tampered.does_not_have_the_size_that_the_row_says", name=name))  # fmt: skip
    for picture in revision.pictures:
        _whole(Told("tampered.revision_its_picture", key=revision.id, picture=picture), str(picture), files)


def check_shown(session: Session, consultation: Consultation, files: FileStore) -> None:
    """The pictures that provisions show are among those that their revision keeps; the sounds of summaries and
    sheets are there."""
    kept = {row.id: row.pictures for row in rows_of(session, Revision, consultation.id)}
    for row in rows_of(session, Provision, consultation.id, Provision.position):
        shown = (row.picture or {}).get("file") or None
        known = shown is None or shown in kept.get(row.revision_id, ())
        require(known, Told("tampered.provision_picture_not_kept", path=row.path, shown=shown))
    for summary in rows_of(session, Summary, consultation.id, Summary.at):
        if summary.audio_hash:
            _whole(
                Told("tampered.summary_its_sound", key=summary.id, audio_hash=summary.audio_hash),
                summary.audio_hash,
                files,
            )
    for heard in rows_of(session, SheetRecording, consultation.id, SheetRecording.at):
        _whole(Told("tampered.recording_its_sound", key=heard.id, audio_hash=heard.audio_hash), heard.audio_hash, files)


def _whole(name: Told, kept: str, files: FileStore) -> bytes:
    """The bytes of a kept file, which have its hash. Raises Tampered."""
    try:
        return files.get(kept)
    except KeyError as missing:
        raise Tampered(Told("tampered.is_missing", name=name)) from missing
    except ValueError as changed:
        raise Tampered(Told("tampered.is_not_what_it_was", name=name)) from changed
