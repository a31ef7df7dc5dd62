"""What an administrator saw of a spreadsheet: whether it was written, and where its columns stand."""

from collections.abc import Sequence

from consult.administration.spreadsheets import service
from consult.shown import About, Kind, Shown, digest


def _upload(about: About) -> Sequence[Shown]:
    one = service.upload(about.session, about.values["upload_id"])
    parts = {"written": digest(one.written_at, one.written.get("invited")), "mapped": digest(one.mapped)}
    return [Shown(str(one.id), parts, {"name": one.name})]


def _is_written(about: About) -> bool:
    return service.upload(about.session, about.values["upload_id"]).written_at is not None


def _is_invited(about: About) -> bool:
    return "invited" in service.upload(about.session, about.values["upload_id"]).written


UPLOAD = Kind("upload", _upload)
WRITING = Kind("upload", _upload, done=_is_written)
INVITING = Kind("upload", _upload, done=_is_invited)
