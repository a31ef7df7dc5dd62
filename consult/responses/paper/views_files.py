"""The files of a pile as its form brings them: what can be read is kept from round to round, under our signature, so
that nobody chooses two hundred photographs again for a day that is missing; what is none is named."""

from dataclasses import dataclass

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from consult.errors import Invalid
from consult.responses.paper import pile_files
from consult.responses.paper.pile_files import Row
from consult.web import context


@dataclass(frozen=True)
class Brought:
    """Files that were kept, and the names of those that were not, each with the code of why."""

    kept: tuple[Row, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()

    @property
    def sealed(self) -> str:
        """The files as the form names them in its next round."""
        said: str = _serializer().dumps([list(row) for row in self.kept]) if self.kept else ""
        return said


def brought() -> Brought:
    """The files of the form that was sent, and of its earlier rounds; each is read by itself."""
    kept, wrong = _earlier(), []
    for file in request.files.getlist("scans"):
        if not file.filename:
            continue
        try:
            kept.append(pile_files.kept(context.files(), file.read(), file.filename))
        except Invalid as refused:
            wrong.append((file.filename, refused.errors["scans"]))
    return Brought(tuple(kept), tuple(wrong))


def _earlier() -> list[Row]:
    sealed = request.form.get("kept", "")
    try:
        return [tuple(row) for row in _serializer().loads(sealed)] if sealed else []
    except BadSignature:
        return []


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("paper pile")
