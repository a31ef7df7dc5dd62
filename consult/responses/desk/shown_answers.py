"""What pages show of an answer: its wording, what a leader said of it, and what its comments say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from consult.errors import NotFound
from consult.responses.answers import answer_state, public_sums
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.conclusion import version
from consult.responses.desk import shown_comments
from consult.responses.desk.typing import typed_places
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.models import ResponseVersion
from consult.shown import About, Kind, Said, Shown, Texts, digest
from consult.submissions.comments import comment_state, transcripts
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.transcripts import PublicTranscript
from consult.web.catalogue import say

FIELDS = ("disposition", "text", "change", "change_path")


@dataclass(frozen=True)
class Aimed:
    """The comments of several answers by number, with what was written down of those that were spoken, and the places
    that the answers name: read once for all."""

    comments: dict[int, CommentState]
    spoken: dict[UUID, PublicTranscript]
    places: NamedPlaces | None


def _answers(about: About) -> Sequence[Shown]:
    """The answer of the address, or those that a page shows or that were ticked."""
    found = answer_state.read(about.session, about.matter.id, _keys(about))
    aimed = _aimed(about, found)
    return [_shown(about, answer, aimed) for answer in found]


def _aimed(about: About, found: Sequence[Answer]) -> Aimed:
    numbers = sorted({number for answer in found for number in answer.numbers})
    states = comment_state.read(about.session, about.matter.id, numbers) if numbers else []
    spoken = transcripts.checked_of(about.session, about.matter.id, [one.comment.id for one in states])
    named = any(version.change_path for answer in found for version in answer.versions)
    places = typed_places.places(about.session, about.matter, say) if named else None
    return Aimed({one.comment.number: one for one in states}, spoken, places)


def _shown(about: About, answer: Answer, aimed: Aimed) -> Shown:
    latest, word = answer.latest, answer.decision
    said = digest(word.id if word else None, len(answer.publications))
    comments, words = _comments(about, answer.numbers, aimed)
    texts = _said(latest, aimed) | {"comments": words}
    parts = {"wording": str(latest.version), "word": said, "comments": comments}
    return Shown(str(answer.response.id), parts, texts, {"started_from": str(latest.version)})


def _said(one: ResponseVersion, aimed: Aimed) -> dict[str, str]:
    """A wording in the fields of its form, the place by its words."""
    place = aimed.places.words_of(one.change_path) if aimed.places and one.change_path else ""
    said = {"disposition": one.disposition.value, "text": one.text}
    return {**said, "change": one.change, "change_path": place}


def _comments(about: About, numbers: list[int], aimed: Aimed) -> tuple[str, str]:
    """The version of the comments that are answered, and their words; what is set apart is told of none."""
    found = [aimed.comments[number] for number in numbers]
    heard = {one.comment.id: aimed.spoken[one.comment.id] for one in found if one.comment.id in aimed.spoken}
    told = [[one.comment.number, one.version.version, shown_comments.ended(one)] for one in found]
    words_heard = {key: one.words for key, one in heard.items()}
    words = [
        f"{one.comment.number}: {one.version.text or words_heard.get(one.comment.id, '')}"
        for one in found
        if not shown_comments.is_closed(about, one)
    ]
    return digest(told, sorted(str(one.salt) for one in heard.values())), "\n\n".join(words)


def _before(about: About, one: Shown, parts: Mapping[str, str]) -> Texts | None:
    """The wording that was shown; of the comments that of now, unless they are what changed."""
    answer = answer_state.one(about.session, about.matter.id, UUID(one.key))
    then = next((row for row in answer.versions if str(row.version) == parts.get("wording")), None)
    if then is None:
        return None
    same = parts.get("comments") == one.parts["comments"]
    return _said(then, _aimed(about, [answer])) | {
        "comments": one.texts["comments"] if same else _comments_before(about, answer, parts.get("comments", ""))
    }


def _comments_before(about: About, answer: Answer, shown: str) -> str:
    """The words of the comments as they were `shown`: of one comment those that it had then, of several those that they
    had when the answer was written."""
    aimed = _aimed(about, [answer])
    if len(answer.numbers) == 1:
        [number] = answer.numbers
        state = aimed.comments[number]
        for earlier in reversed(state.comment.versions):
            then = replace(aimed, comments={number: replace(state, version=earlier)})
            told, words = _comments(about, [number], then)
            if told == shown:
                return words
    return _comments_at_writing(about, answer, aimed)


def _comments_at_writing(about: About, answer: Answer, aimed: Aimed) -> str:
    told = []
    for one in map(aimed.comments.__getitem__, answer.numbers):
        if not shown_comments.is_closed(about, one):
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
