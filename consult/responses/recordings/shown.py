"""What the page of the recordings shows: which sheet is heard in which language."""

from collections.abc import Sequence

from consult.responses.recordings.service import recordings_of
from consult.shown import About, Kind, Shown, digest


def _recordings(about: About) -> Sequence[Shown]:
    """All that can be heard, or the one that an act is about: it may be the first of its sheet."""
    there = {f"{one.area_id or ''}.{one.language}": one for one in recordings_of(about.session, about.matter)}
    asked = about.values.get("key")
    if asked is not None:
        there = {key: one for key, one in there.items() if str(one.id) == str(asked)}
        return [Shown(key, {"heard": digest(one.id)}, {"sound": one.audio_name}) for key, one in there.items()]
    if "language" in about.form:
        key = f"{about.form.get('area', '')}.{about.form['language']}"
        found = there.get(key)
        return [Shown(key, {"heard": digest(found.id)}, {"sound": found.audio_name}) if found else Shown(key, {})]
    return [Shown(key, {"heard": digest(one.id)}, {"sound": one.audio_name}) for key, one in there.items()]


RECORDING = Kind("recording", _recordings)
