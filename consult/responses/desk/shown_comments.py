"""What the desk shows of comments, and of the acts on them that wait for a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.errors import NotFound
from consult.people.models import Unit, User
from consult.policy import Action, decide, investor_answers
from consult.responses.desk.listing import investor_view
from consult.responses.models import Assignment
from consult.shown import About, Kind, Said, Shown, Texts, digest
from consult.submissions.comments import comment_state, transcripts, visible
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.models import Comment, CommentAct, CommentVersion

CODED = {"stance": "stance", "outcome": "outcome", "visibility": "visibility", "kind": "act"}
MOST = 5_000


def _comments(about: About) -> Sequence[Shown]:
    """The comments of the address, of the page or of the boxes that were ticked."""
    found = comment_state.read(about.session, about.matter.id, _numbers(about))
    hands = _hands(about, [one.comment.id for one in found])
    spoken = transcripts.checked_of(about.session, about.matter.id, [one.comment.id for one in found])
    return [
        Shown(
            str(one.comment.number),
            {"text": version_of(one, spoken.get(one.comment.id)), "acts": _acts_version(one.acts), "ended": ended(one),
             "hands": digest(given.id) if (given := hands.get(one.comment.id)) else "0"},
            words_of(about, one, spoken.get(one.comment.id)) | {"hands": _called(hands.get(one.comment.id))},
        )
        for one in found
    ]  # fmt: skip


def version_of(one: CommentState, spoken: transcripts.PublicTranscript | None) -> str:
    """The version of the words of a comment: its own, and what was written down of it."""
    return f"{one.version.version}.{digest(spoken.salt) if spoken else 0}"


def ended(one: CommentState) -> str:
    """What became of a comment as far as its answer hangs on it: an answer that was published before is none of it."""
    outcome = Outcome.AWAITING if one.outcome is Outcome.ANSWERED else one.outcome
    return f"{outcome.value}.{int(visible.is_set_apart(one.outcome, one.visibility))}"


def is_closed(about: About, one: CommentState) -> bool:
    """Whether nothing that was said is told: of one that is set apart, and to an investor of what is kept from it."""
    kept = one.visibility in investor_view.DECIDED and investor_answers(about.matter)
    hidden = kept and decide(about.actor, Action.SEE_SENDERS, about.matter, about.now) is not None
    return hidden or visible.is_set_apart(one.outcome, one.visibility)


def words_of(about: About, one: CommentState, spoken: transcripts.PublicTranscript | None = None) -> dict[str, str]:
    """What one comment says and where it stands; of one that is closed nothing that was said."""
    state = {"outcome": one.outcome.value, "visibility": one.visibility.value}
    if is_closed(about, one):
        return state
    return _said(one.version, spoken.words if spoken else "") | state


def _said(version: CommentVersion, spoken: str = "") -> dict[str, str]:
    return {
        "text": version.text or spoken,
        "proposed": version.proposed,
        "reason": version.reason,
        "stance": version.stance.value if version.stance else "",
    }


def _before(about: About, one: Shown, parts: Mapping[str, str]) -> Texts | None:
    """A comment as it was shown: its version of then, what became of it by then, and who had it in hand."""
    state = comment_state.read(about.session, about.matter.id, [int(one.key)])[0]
    number = parts.get("text", "").partition(".")[0]
    version = about.session.scalar(
        select(CommentVersion).where(
            CommentVersion.consultation_id == about.matter.id, CommentVersion.comment_id == state.comment.id,
            CommentVersion.version == (int(number) if number.isdigit() and len(number) < 6 else 0),
        )
    )  # fmt: skip
    if version is None:
        return None
    acts = next((acts for acts in _prefixes(state.acts) if _acts_version(acts) == parts.get("acts")), state.acts)
    texts = words_of(about, replace(state, acts=acts, version=version))
    if "text" not in one.texts:
        texts = {name: text for name, text in texts.items() if name in one.texts}
    given = about.session.scalars(select(Assignment).where(*_given([state.comment.id], about))).all()
    held = next((row for row in given if digest(row.id) == parts.get("hands")), None)
    return texts | {"hands": _called(held)}


def _prefixes(acts: list[CommentAct]) -> list[list[CommentAct]]:
    return [acts[:length] for length in range(len(acts), -1, -1)]


def _acts_version(acts: Sequence[CommentAct]) -> str:
    return digest([[str(act.id), act.effective_at, act.refused_at] for act in acts])


def _hands(about: About, comment_ids: list[UUID]) -> dict[UUID, Assignment]:
    given = select(Assignment).where(*_given(comment_ids, about)).order_by(Assignment.at, Assignment.id)
    names = (joinedload(Assignment.unit).load_only(Unit.name), joinedload(Assignment.user).load_only(User.name))
    rows = about.session.scalars(given.options(*names))
    return {row.comment_id: row for row in rows}


def _given(comment_ids: list[UUID], about: About) -> tuple[Any, Any]:
    return Assignment.consultation_id == about.matter.id, Assignment.comment_id.in_(comment_ids)


def _called(given: Assignment | None) -> str:
    return ", ".join(row.name for row in (given.unit, given.user) if row is not None) if given is not None else ""


def _numbers(about: About) -> list[int]:
    if "numbers" in about.values:
        return list(about.values["numbers"])
    if "number" in about.values:
        return [about.values["number"]]
    typed = about.form.getlist("comment")
    if not typed or len(typed) > MOST or not all(one.isascii() and one.isdigit() and len(one) < 9 for one in typed):
        raise NotFound
    return [int(one) for one in typed]


def _matters(form: Any) -> Sequence[str]:
    """Who has it in hand matters to who gives it to somebody; beginning an answer is no act yet, and a tag is none that
    hangs on what was said."""
    act = form.get("act", "")
    if act in {"answer", "tag", "untag", "move"}:
        return ()
    return ("text", "acts", "hands") if act in {"assign", "transfer"} else ("text", "acts")


def _proposals(about: About) -> Sequence[Shown]:
    """The act that a button confirms or refuses, or all of these that a page shows."""
    key = about.form.get("act", "").partition(":")[2]
    keys = about.values.get("acts") or [_key(key)]
    found = [about.session.get(CommentAct, (about.matter.id, one)) for one in keys]
    return [_proposal(about, act) for act in found if act is not None]


def _proposal(about: About, act: CommentAct) -> Shown:
    number = about.session.get_one(Comment, (about.matter.id, act.comment_id)).number
    one = comment_state.read(about.session, about.matter.id, [number])[0]
    version = digest(act.kind.value, act.reason, act.details, act.effective_at, act.refused_at)
    wording = {
        "kind": act.kind.value,
        "redacted": str(act.details.get("text", "")),
        "note": str(act.details.get("note", "")),
    }
    texts = words_of(about, one) | ({} if is_closed(about, one) else wording)
    return Shown(str(act.id), {"act": version, "text": version_of(one, None)}, texts)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as bad:
        raise NotFound from bad


def _told(_about: About, name: str, text: str) -> Said:
    return (f"{CODED[name]}.{text}", {}) if name in CODED and text else text


COMMENT = Kind("comment", _comments, _before, _matters, told=_told)
COMMENTS = replace(COMMENT, rows="comment")
ANSWERED_COMMENT = replace(COMMENT, rest="comment", matters=lambda _form: ("text", "ended"))
PROPOSAL = Kind("proposal", _proposals, told=_told)
