"""What the pages show of the bodies asked in writing, and of a matter in short in other languages."""

from collections.abc import Sequence
from typing import Any

from consult.consultations import saved_versions
from consult.consultations.invitation_models import Invitation
from consult.consultations.invitations import service as invitations
from consult.consultations.preparation import summaries
from consult.shown import About, Kind, Shown, Texts, digest

FIELDS = ("letter_number", "letter_on", "how", "reply_by", "silence_is_consent")
OTHER = "other"


def _invitations(about: About) -> Sequence[Shown]:
    """Everybody who was asked, or, for an act, the body that it is about: it may be asked for the first time."""
    rows = {str(one.organisation_id): one for one in invitations.invitations_of(about.session, about.matter.id)}
    chosen = str(about.values.get("organisation_id") or about.form.get("organisation", ""))
    if chosen:
        return [_invited(chosen, rows.get(chosen))]
    return [_invited(key, row) for key, row in rows.items()]


def _invited(key: str, row: Invitation | None) -> Shown:
    if row is None:
        return Shown(key, {})
    texts = {"letter_number": row.letter_number, "letter_on": _iso(row.letter_on), "reply_by": _iso(row.reply_by),
             "how": row.how or "", "silence_is_consent": "1" if row.silence_is_consent else ""}  # fmt: skip
    return Shown(key, saved_versions.parts_of(texts), texts)


def _invited_typed(form: Any) -> Texts:
    return {name: form.get(name, "") for name in FIELDS} if "organisation" in form else {}


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _summaries(about: About) -> Sequence[Shown]:
    """What is told in every language, or in the one that an act is about: it may be the first told in it."""
    told = {row.language: row for row in summaries.summaries_of(about.session, about.matter.id)}
    chosen = str(about.values.get("language") or _language(about.form))
    keys = [chosen] if chosen else list(told)
    return [_summary(key, told.get(key)) for key in keys]


def _summary(key: str, row: Any) -> Shown:
    if row is None:
        return Shown(key, {})
    return Shown(key, {"told": digest(row.id)}, _texts(row))


def _summary_before(about: About, one: Shown, parts: Any) -> Texts | None:
    """What was told in a language before: later words take its place, and it stays."""
    rows = summaries.ever_told(about.session, about.matter.id, one.key)
    found = next((row for row in rows if digest(row.id) == parts.get("told")), None)
    return _texts(found) if found is not None else None


def _texts(row: Any) -> Texts:
    return {"title": row.title, "question": row.question, "text": row.text, "sound": row.audio_name}


def _language(form: Any) -> str:
    chosen = form.get("language", "")
    return str(form.get("code", "") if chosen == OTHER else chosen)


def _summary_typed(form: Any) -> Texts:
    return {name: form[name] for name in ("title", "question", "text") if name in form}


_INVITED = saved_versions.keeper("invitation")
INVITATION = Kind(
    "invitation", _invitations, _INVITED.earlier, typed=_invited_typed, keep=_INVITED.keep,
)  # fmt: skip
SUMMARY = Kind("summary", _summaries, _summary_before, typed=_summary_typed)
