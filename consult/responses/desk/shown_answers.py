"""What pages show of an answer: its wording, what a leader said of it, and what its comments say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from consult.errors import NotFound
from consult.responses.answers import answer_state, public_sums
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.conclusion import version
from consult.responses.desk import typed_places
from consult.responses.models import ResponseVersion
from consult.shown import About, Kind, Said, Shown, Texts, digest
from consult.submissions.comments import comment_state, transcripts, visible
from consult.submissions.words import CommentActKind
from consult.web.catalogue import say

FIELDS = ("disposition", "text", "change", "change_path")


def _answers(about: About) -> Sequence[Shown]:
    """The answer of the address, or those that a page shows or that were ticked."""
    found = answer_state.read(about.session, about.matter.id, _keys(about))
    return [_shown(about, answer) for answer in found]


def _shown(about: About, answer: Answer) -> Shown:
    latest, word = answer.latest, answer.decision
    said = digest(word.id if word else None, len(answer.publications))
    comments, words = _comments(about, answer.numbers)
    texts = _said(about, latest) | {"comments": words}
    parts = {"wording": str(latest.version), "word": said, "comments": comments}
    return Shown(str(answer.response.id), parts, texts, {"started_from": str(latest.version)})


def _said(about: About, one: ResponseVersion) -> dict[str, str]:
    """A wording in the fields of its form, the place by its words."""
    place = typed_places.places(about.session, about.matter, say).words_of(one.change_path) if one.change_path else ""
    said = {"disposition": one.disposition.value, "text": one.text}
    return {**said, "change": one.change, "change_path": place}


def _comments(about: About, numbers: list[int]) -> tuple[str, str]:
    """The version of the comments that are answered, and their words; what is set apart is told of none."""
    if not numbers:
        return "0", ""
    found = comment_state.read(about.session, about.matter.id, numbers)
    spoken = transcripts.checked_of(about.session, about.matter.id, [one.comment.id for one in found])
    told = [[str(one.comment.number), one.version.version, one.outcome.value, one.visibility.value] for one in found]
    acts = [str(act.id) for one in found for act in one.acts if act.kind is not CommentActKind.ANSWERED]
    heard = {key: one.words for key, one in spoken.items()}
    words = [
        f"{one.comment.number}: {one.version.text or heard.get(one.comment.id, '')}"
        for one in found
        if not visible.is_set_apart(one.outcome, one.visibility)
    ]
    return digest(told, acts, sorted(str(one.salt) for one in spoken.values())), "\n\n".join(words)


def _before(about: About, one: Shown, parts: Mapping[str, str]) -> Texts | None:
    """The wording that was shown; of the comments that of now, unless they are what changed."""
    answer = answer_state.one(about.session, about.matter.id, UUID(one.key))
    then = next((row for row in answer.versions if str(row.version) == parts.get("wording")), None)
    if then is None:
        return None
    same = parts.get("comments") == one.parts["comments"]
    return _said(about, then) | {"comments": one.texts["comments"] if same else _comments_before(about, answer)}


def _comments_before(about: About, answer: Answer) -> str:
    """The words of the comments as they were when the answer was written."""
    found = comment_state.read(about.session, about.matter.id, answer.numbers)
    told = []
    for one in found:
        if not visible.is_set_apart(one.outcome, one.visibility):
            by_then = [each for each in one.comment.versions if each.at <= answer.latest.written_at]
            told.append(f"{one.comment.number}: {(by_then or one.comment.versions)[-1].text}")
    return "\n\n".join(told)


def _typed(form: Any) -> Texts:
    return {name: form[name] for name in FIELDS if name in form}


def _keys(about: About) -> list[UUID]:
    if "responses" in about.values:
        return list(about.values["responses"])
    if "response_id" in about.values:
        return [about.values["response_id"]]
    try:
        return [UUID(one.partition(":")[0]) for one in about.form.getlist("response")]
    except ValueError as bad:
        raise NotFound from bad


def _conclusion(about: About) -> Sequence[Shown]:
    """Both public sums."""
    outcome, visibility = public_sums.both(about.session, about.matter.id)
    texts = {
        **{f"outcome_{name}": str(count) for name, count in outcome.items()},
        **{f"visibility_{name}": str(count) for name, count in visibility.items()},
    }
    return [Shown("sums", {"sums": version(outcome, visibility)}, texts)]


def _told(_about: About, name: str, text: str) -> Said:
    return (f"disposition.{text}", {}) if name == "disposition" and text else text


ANSWER = Kind("answer", _answers, _before, typed=_typed, merges=frozenset({"wording"}), told=_told)
ANSWERS = replace(ANSWER, typed=None, rows="response")
CONCLUSION = Kind("conclusion", _conclusion)
