"""What the pages show of the official letters of a matter."""

from collections.abc import Sequence
from typing import Any

from consult.consultations import saved_versions
from consult.consultations.invitations import letters
from consult.shown import About, Kind, Shown, Texts


def _letters(about: About) -> Sequence[Shown]:
    """All letters, or the one that an act is about; none for an act that names none."""
    chosen = str(about.values.get("letter_id") or about.form.get("letter", ""))
    if not chosen and "letter" in about.form:
        return []
    rows = [letter for letter, _count in letters.letters_of(about.session, about.matter.id)]
    found = [(letter.id, letters.texts_of(letter)) for letter in rows if chosen in ("", str(letter.id))]
    return [Shown(str(letter_id), saved_versions.parts_of(texts), texts) for letter_id, texts in found]


def _typed(form: Any) -> Texts:
    return {name: form[name] for name in ("number", "letter_on", *letters.LINES) if name in form}


_KEPT = saved_versions.keeper("official_letter")
OFFICIAL_LETTER = Kind("official_letter", _letters, _KEPT.earlier, typed=_typed, keep=_KEPT.keep)
