"""What somebody typed before their sign-in ended: carried through the sign-in page and given back to be sent again.

It travels in the page itself, signed: nobody else can put words into it. Passwords and files do not travel.
"""

from dataclasses import dataclass

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from consult.web import context

MOST_FIELDS = 3_000
MOST_CHARACTERS = 1_000_000
LEFT_OUT = {"csrf_token", "ticket", "totp"}
LONG = 12


@dataclass(frozen=True)
class Carried:
    """A form as it was sent: where to, its fields, the names of files that have to be chosen again.

    `whole` is false when there was too much to carry.
    """

    address: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    whole: bool = True

    @property
    def words(self) -> list[str]:
        """What a person wrote in it, without ticks and choices, to be read again before it is sent."""
        return [value for _name, value in self.fields if len(value) >= LONG]


def of_request() -> Carried:
    """The form of the present request, at the address it was sent to in the language of the page."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in LEFT_OUT and "password" not in name and name not in {"present", "again"}
    ]
    files = tuple(file.filename for file in request.files.values() if file.filename)
    address = request.script_root + request.full_path.rstrip("?")
    if len(fields) > MOST_FIELDS or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return Carried(address, (), files, whole=False)
    return Carried(address, tuple(fields), files)


def seal(carried: Carried) -> str:
    """The signed text of a hidden field."""
    return _serializer().dumps([carried.address, carried.fields, carried.files, carried.whole])


def unseal(text: str) -> Carried | None:
    """What `seal` made; None for nothing, or for what is not ours."""
    try:
        address, fields, files, whole = _serializer().loads(text)
    except (BadSignature, ValueError, TypeError):
        return None
    return Carried(address, tuple((name, value) for name, value in fields), tuple(files), whole)


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("carried")
