"""Writing an answer to one or several comments; every save is a version, and nothing of it is public yet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NoneTaken, Refused
from consult.outline import paths
from consult.policy import Action, Actor, require
from consult.responses.answers import answer_state
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.warnings.service import warnings_of
from consult.responses.models import Response, ResponseTarget, ResponseVersion
from consult.responses.words import NEEDS_TEXT, Disposition
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.act_rules import Rule
from consult.submissions.comments.comment_state import CommentState
from consult.text import blank, one_line, stored

TEXT_LIMIT = 20_000
CHANGE_LIMIT = 2_000
PATH_LIMIT = 400


@dataclass(frozen=True)
class Wording:
    """What an answer says, ready to be stored."""

    disposition: Disposition
    text: str
    change: str
    change_path: str


def draft_answer(
    session: Session,
    consultation: Consultation,
    numbers: Iterable[int],
    disposition: str,
    text: str,
    actor: Actor,
    now: datetime,
    response_id: UUID | None = None,
    change: str = "",
    change_path: str = "",
    started_from: int | None = None,
    ticked: Collection[str] | None = None,
) -> Response:
    """Writes the answer to the comments `numbers`: a new one, or the next version of `response_id`.

    `change` says where the draft was changed, `change_path` is that provision. `started_from` is the version that the
    writer had before them (0 for none yet). `ticked` are the codes of the warnings (`warnings/`) that the writer saw
    and saves all the same, kept with the version; with None nobody is there to be warned. What is not or only partly
    accepted is explained (Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 36 khoản 3). Raises NotFound; Invalid; Refused: the
    policy's reason, `changed_meanwhile` when somebody else wrote a newer version, `published_comments_fixed`,
    `answer_warnings` for what is not ticked; NoneTaken, since one answer is one text for all that it names:
    `has_response` (another answer has the comment), `not_answerable` (withdrawn, invalid, split, passed on),
    `not_transcribed` (spoken, and nobody has checked what was written down).
    """
    wording = checked(disposition, text, change, change_path)
    wanted = sorted(set(numbers))
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        before = answer_state.one(session, consultation.id, response_id) if response_id else None
        _refuse_overwriting(before, started_from)
        _check_comments(session, consultation, found, before)
        said = (wording.text, wording.change, wording.change_path)
        warned = (
            warnings_of(session, consultation, found, wording.disposition, said, response_id)
            if ticked is not None
            else []
        )
        _refuse_unless_ticked(warned, ticked or ())
        response = before.response if before else _new_response(session, consultation, actor, now)
        _aim(session, response, found, before, now)
        _write(session, response, wanted, wording, actor, now, len(before.versions) + 1 if before else 1, warned)
        session.flush()
        return response


def checked(disposition: str, text: str, change: str, change_path: str) -> Wording:
    """The wording with its texts as they are stored; raises Invalid with every field that is wrong."""
    errors = {}
    if disposition not in set(Disposition):
        errors["disposition"] = "not_a_choice" if disposition else "choose_one"
    said, changed, path = stored(text), stored(change), one_line(change_path)
    if disposition in NEEDS_TEXT and blank(said):
        errors["text"] = "required"
    if len(said) > TEXT_LIMIT:
        errors["text"] = "too_long"
    if len(changed) > CHANGE_LIMIT:
        errors["change"] = "too_long"
    if path and not _is_path(path):
        errors["change_path"] = "unknown_place"
    if errors:
        raise Invalid(errors)
    return Wording(Disposition(disposition), said, changed, path)


def _refuse_unless_ticked(warned: Collection[str], ticked: Collection[str]) -> None:
    if not set(warned) <= set(ticked):
        raise Refused("answer_warnings", codes=" ".join(warned))


def _is_path(path: str) -> bool:
    try:
        paths.parse(path[: PATH_LIMIT + 1])
    except (paths.BadPath, ValueError, KeyError, IndexError):
        return False
    return len(path) <= PATH_LIMIT


def _refuse_overwriting(before: Answer | None, started_from: int | None) -> None:
    if before is not None and started_from is not None and started_from != before.latest.version:
        raise Refused("changed_meanwhile", numbers=_list(before.numbers))


def _check_comments(
    session: Session, consultation: Consultation, found: list[CommentState], before: Answer | None
) -> None:
    numbers = [one.comment.number for one in found]
    if before is not None and before.publications:
        if numbers != before.numbers:
            raise Refused("published_comments_fixed", numbers=_list(before.numbers))
        return
    own = before.response.id if before else None
    taken = session.execute(
        select(ResponseTarget.comment_id, ResponseTarget.response_id).where(
            ResponseTarget.consultation_id == consultation.id,
            ResponseTarget.comment_id.in_([one.comment.id for one in found]),
        )
    )
    others = {comment_id for comment_id, response_id in taken if response_id != own}
    rules: list[Rule] = [*act_rules.ANSWERED, ("has_response", lambda one, _matter: one.comment.id not in others)]
    _taken, left = act_rules.sorted_by(rules, found, consultation)
    if left:
        raise NoneTaken(left)


def _new_response(session: Session, consultation: Consultation, actor: Actor, now: datetime) -> Response:
    response = Response(
        consultation_id=consultation.id,
        id=new_id(),
        number=next_number(session, consultation.id, "response"),
        created_at=now,
        created_by_id=actor.user_id,
    )
    session.add(response)
    return response


def _aim(session: Session, response: Response, found: list[CommentState], before: Answer | None, now: datetime) -> None:
    """Makes the comments of `found` those that the response answers."""
    wanted = {one.comment.id for one in found}
    held = set()
    if before is not None:
        rows = session.scalars(
            select(ResponseTarget).where(
                ResponseTarget.consultation_id == response.consultation_id, ResponseTarget.response_id == response.id
            )
        ).all()
        held = {row.comment_id for row in rows}
        for row in rows:
            if row.comment_id not in wanted:
                session.delete(row)
    session.add_all(
        ResponseTarget(consultation_id=response.consultation_id, comment_id=comment_id, response_id=response.id, at=now)
        for comment_id in wanted - held
    )


def _write(
    session: Session, response: Response, numbers: list[int], said: Wording, actor: Actor, now: datetime, version: int,
    warned: list[str],
) -> None:  # fmt: skip
    session.add(
        ResponseVersion(
            consultation_id=response.consultation_id,
            id=new_id(),
            response_id=response.id,
            version=version,
            disposition=said.disposition,
            text=said.text,
            change=said.change,
            change_path=said.change_path,
            warnings=warned,
            written_at=now,
            written_by_id=actor.user_id,
            hash=answer_state.version_hash(response.number, version, numbers, **vars(said)),
        )
    )


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)
