"""Correcting an outline by hand until publication; every correction is kept as a row of its own.

The text of the document never changes: only the place, kind or label of a provision, and all paths are made anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.document_models import OutlineCorrection, Revision
from consult.consultations.files import provision_rows
from consult.consultations.matter import queries
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.preparation.documents import how_many_corrections
from consult.consultations.revisions import matching
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.outline import Outline, bulk_corrections, corrections
from consult.outline.bulk_corrections import BulkError
from consult.outline.working_copy import CorrectionError
from consult.policy import Action, Actor, require


class Operation(StrEnum):
    """What is done to one provision."""

    RAISE = "raise"
    LOWER = "lower"
    PARENT = "parent"
    KIND = "kind"
    LABEL = "label"
    SPLIT = "split"
    JOIN = "join"
    TEXT = "text"


@dataclass(frozen=True)
class Correction:
    """One correction of the provision at `path`.

    KIND takes `kind` and perhaps `label`; LABEL takes `label`; PARENT takes `parent` (a path, empty for the document);
    SPLIT takes `words` with which the second part begins, and perhaps its `kind` and `label`.
    """

    operation: Operation
    path: str
    kind: str = ""
    label: str = ""
    parent: str = ""
    words: str = ""


@dataclass(frozen=True)
class ManyCorrections:
    """One act on the provisions at `paths`: RAISE, LOWER, JOIN, TEXT (they become mere text), or KIND, which takes
    `kind`. With `between` it is done to all that stand between the first and the last of them too."""

    operation: Operation
    paths: tuple[str, ...]
    kind: str = ""
    between: bool = False


def correct(
    session: Session,
    consultation: Consultation,
    revision: Revision,
    correction: Correction,
    actor: Actor,
    now: datetime,
) -> None:
    """Corrects the outline of a revision that is not public yet and records the correction.

    The new tree is made before the transaction. Raises Invalid({field: code}) for a correction that makes no sense,
    Refused("outline_changed" | "already_published" | the policy's reason).
    """
    _replace(
        session, consultation, revision, partial(_corrected, correction=correction), asdict(correction), actor, now
    )


def correct_many(
    session: Session,
    consultation: Consultation,
    revision: Revision,
    given: ManyCorrections,
    actor: Actor,
    now: datetime,
) -> None:
    """Corrects many provisions in one act, all or none, and records the act.

    Raises Invalid({path: code}) with the provision that cannot be corrected so, and as `correct`.
    """
    change = partial(_all_corrected, given=given)
    _replace(session, consultation, revision, change, asdict(given), actor, now)


def _replace(
    session: Session,
    consultation: Consultation,
    revision: Revision,
    change: Callable[[Outline], Outline],
    operation: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Puts a changed outline in the place of the one that stands, and records what was done."""
    by_id = person(actor)
    key = (revision.consultation_id, revision.id)
    seen = how_many_corrections(session, revision)
    corrected = change(outline_of(session, revision))
    with writing(session, consultation.id):
        # Somebody may have put another file in its place meanwhile, or corrected it too.
        if session.get(Revision, key) is None or how_many_corrections(session, revision) != seen:
            raise Refused("outline_changed")
        if revision.published_at is not None:
            raise Refused("already_published")
        action = Action.EDIT_MATTER if consultation.published_at is None else Action.REVISE_MATTER
        require(actor, action, consultation, now)
        told = corrected.to_json()
        # Another outline is compared anew, when somebody asks for it or at the latest with its publication.
        matching.forget(session, revision)
        provision_rows.replace_tree(session, revision, told["provisions"])
        revision.warnings = told["warnings"]
        session.add(
            OutlineCorrection(
                id=new_id(),
                consultation_id=consultation.id,
                revision_id=revision.id,
                at=now,
                by_id=by_id,
                operation={name: value for name, value in operation.items() if value},
            )
        )
        session.flush()


def outline_of(session: Session, revision: Revision) -> Outline:
    """The outline of a revision as it stands, from its provisions."""
    return Outline.from_json(
        {
            "title": revision.title,
            "grammar": revision.grammar,
            "provisions": provision_rows.tree_of(queries.provisions_of(session, revision)),
            "warnings": revision.warnings,
        }
    )


def _corrected(outline: Outline, correction: Correction) -> Outline:
    try:
        return _ACTS[correction.operation](outline, correction)
    except CorrectionError as error:
        raise Invalid({FIELDS.get(error.code, "path"): error.code}) from error


def _all_corrected(outline: Outline, given: ManyCorrections) -> Outline:
    try:
        paths = bulk_corrections.with_those_between(outline, given.paths) if given.between else given.paths
        return _MANY_ACTS[given.operation](outline, paths, given.kind)
    except BulkError as error:
        raise Invalid({error.path: error.code}) from error


def _split(outline: Outline, correction: Correction) -> Outline:
    node = outline.find(correction.path)
    offset = node.text.find(correction.words) if node is not None and correction.words else -1
    if node is not None and offset < 0:
        raise Invalid({"words": "words_not_found"})
    return corrections.split(outline, correction.path, offset, correction.kind, correction.label)


FIELDS = {"bad_kind": "kind", "bad_label": "label", "bad_parent": "parent", "bad_split": "words"}

_ACTS: dict[Operation, Callable[[Outline, Correction], Outline]] = {
    Operation.RAISE: lambda outline, given: corrections.raise_level(outline, given.path),
    Operation.LOWER: lambda outline, given: corrections.lower_level(outline, given.path),
    Operation.PARENT: lambda outline, given: corrections.change_parent(outline, given.path, given.parent),
    Operation.KIND: lambda outline, given: corrections.change_kind(outline, given.path, given.kind, given.label),
    Operation.LABEL: lambda outline, given: corrections.relabel(outline, given.path, given.label),
    Operation.SPLIT: _split,
    Operation.JOIN: lambda outline, given: corrections.join_previous(outline, given.path),
    Operation.TEXT: lambda outline, given: bulk_corrections.make_text(outline, [given.path]),
}

_MANY_ACTS: dict[Operation, Callable[[Outline, Sequence[str], str], Outline]] = {
    Operation.RAISE: lambda outline, paths, kind: bulk_corrections.raise_levels(outline, paths),
    Operation.LOWER: lambda outline, paths, kind: bulk_corrections.lower_levels(outline, paths),
    Operation.JOIN: lambda outline, paths, kind: bulk_corrections.join_all(outline, paths),
    Operation.TEXT: lambda outline, paths, kind: bulk_corrections.make_text(outline, paths),
    Operation.KIND: bulk_corrections.change_kinds,
}
FOR_MANY = frozenset(_MANY_ACTS)
"""What can be done to many provisions at once."""
