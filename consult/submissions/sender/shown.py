"""What a sender's own page shows of a comment: the version that they would change or withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from consult.errors import NotFound
from consult.shown import About, Kind, Said, Shown, Texts
from consult.submissions.comments import comment_state
from consult.submissions.comments.outcome import Outcome
from consult.submissions.models import CommentVersion

FIELDS = ("text", "proposed", "reason", "stance")


def _own(about: About) -> Sequence[Shown]:
    """Comments of the submission, without those that are withdrawn, since withdrawing again changes nothing."""
    submission = about.values["submission"]
    found = comment_state.read(about.session, submission.consultation_id, about.values["numbers"])
    if any(one.comment.submission_id != submission.id for one in found):
        raise NotFound
    here = [one for one in found if not one.author_left and one.outcome is not Outcome.WITHDRAWN]
    return [Shown(str(one.comment.number), {"version": str(one.version.version)}, _said(one.version)) for one in here]


def _before(about: About, one: Shown, parts: Mapping[str, str]) -> Texts | None:
    submission = about.values["submission"]
    state = comment_state.read(about.session, submission.consultation_id, [int(one.key)])[0]
    found = next((row for row in state.comment.versions if str(row.version) == parts.get("version")), None)
    return _said(found) if found is not None else None


def _said(version: CommentVersion) -> dict[str, str]:
    stance = version.stance.value if version.stance else ""
    return {"text": version.text, "proposed": version.proposed, "reason": version.reason, "stance": stance}


def _typed(form: Any) -> Texts:
    return {name: form.get(name, "") for name in FIELDS} if "text" in form else {}


def _told(_about: About, name: str, text: str) -> Said:
    return (f"citizen_stance.{text}", {}) if name == "stance" and text else text


OWN_COMMENT = Kind("own", _own, _before, typed=_typed, merges=frozenset({"version"}), told=_told, rows="number")
