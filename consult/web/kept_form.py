"""What somebody typed and could not be taken, given back to be sent again: in the page that says so, or, when their
sign-in had ended, carried through the sign-in page.

There it travels signed: nobody else can put words into it. Passwords and files do not travel.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from consult.web import context

MOST_FIELDS = 3_000
MOST_CHARACTERS = 1_000_000
ARRIVED = "arrived"
"""The field that says when what is sent again was first sent (`consult/web/arrival/resubmission.py`)."""
NEVER_KEPT = {"csrf_token", "totp", "present", "again", ARRIVED}
LEFT_OUT = NEVER_KEPT | {"ticket"}
LONG = 12
FOR_US_ALONE = {"anchor", "carried", "files", "half_way", "ticket", "voice"}
"""The last words of names whose values we wrote ourselves: nobody would know them again."""


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent: where to, its fields, the names of files that have to be chosen again.

    `whole` is false when there was too much to carry; `secret` says that there was a password, which is not kept.
    """

    address: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    whole: bool = True
    secret: bool = False

    @property
    def words(self) -> list[str]:
        """What a person wrote in it, without ticks and choices, to be read again before it is sent."""
        typed = [value for name, value in self.fields if name.rpartition(".")[2] not in FOR_US_ALONE]
        return [value for value in typed if len(value) >= LONG]


def of_request() -> KeptForm:
    """The form of the present request, to be carried through other pages, without the ticket of its own."""
    form = _form(LEFT_OUT)
    if len(form.fields) > MOST_FIELDS or sum(len(name) + len(value) for name, value in form.fields) > MOST_CHARACTERS:
        return replace(form, fields=(), whole=False)
    return form


def whole_form() -> KeptForm:
    """The form of the present request with the ticket that makes sending it again the same sending, however long."""
    return _form(NEVER_KEPT)


def _form(without: Collection[str]) -> KeptForm:
    """What was sent, at the address it was sent to in the language of the page."""
    sent = list(request.form.items(multi=True))
    fields = [(name, value) for name, value in sent if name not in without and "password" not in name]
    files = tuple(file.filename for file in request.files.values() if file.filename)
    address = request.script_root + request.full_path.rstrip("?")
    secret = any("password" in name or name == "totp" for name, _value in sent)
    return KeptForm(address, tuple(fields), files, secret=secret)


def seal(carried: KeptForm) -> str:
    """The signed text of a hidden field."""
    return _serializer().dumps([carried.address, carried.fields, carried.files, carried.whole])


def unseal(text: str) -> KeptForm | None:
    """What `seal` made; None for nothing, or for what is not ours."""
    try:
        address, fields, files, whole = _serializer().loads(text)
    except (BadSignature, ValueError, TypeError):
        return None
    return KeptForm(address, tuple((name, value) for name, value in fields), tuple(files), whole)


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("carried")
