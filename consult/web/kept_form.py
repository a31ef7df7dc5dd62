"""What somebody typed and could not be taken, given back to be sent again: in the page that says so, or, when their
sign-in had ended, carried through the sign-in page.

There it travels signed: nobody else can put words into it. Files are kept aside meanwhile; passwords do not travel.
"""

import hashlib
from dataclasses import dataclass, replace

from flask import current_app, request
from flask import session as cookie
from itsdangerous import BadSignature, URLSafeSerializer

from consult.web import context
from consult.web.files import kept_uploads
from consult.web.files.kept_uploads import Upload

ARRIVED = "arrived"
"""The field that says when what is sent again was first sent (`consult/web/arrival/resubmission.py`)."""
SHOWN_BY_OWNER = {"totp", "present", "present_code", "recovery", "remove_present", "remove_code"}
"""What people show that it is them with, beside passwords."""
NEVER_KEPT = {"csrf_token", "again", ARRIVED, kept_uploads.FIELD, *SHOWN_BY_OWNER}
LONG = 12
FOR_US_ALONE = {
    "anchor", "begun", "carried", "files", "given_code", "half_way", "iss", "kept", "key", "passkey", "seen", "shown",
    "state", "ticket", "voice",
}  # fmt: skip
"""The last words of names whose values we wrote ourselves: nobody would know them again."""
BESIDE = 16 * 1024
"""Bytes that the other fields of the sign-in page take, at most."""


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent: where to, its fields, its files.

    `whole` is false when there was too much to carry; `secret` says that there was a password, which is not kept.
    `typed_in` tells the sign-in it was typed in, by the hash of its token; `arrived` says when it first came.
    """

    address: str
    fields: tuple[tuple[str, str], ...]
    uploads: tuple[Upload, ...] = ()
    whole: bool = True
    secret: bool = False
    typed_in: str = ""
    arrived: str = ""

    @property
    def words(self) -> list[str]:
        """What a person wrote in it, without ticks and choices, to be read again before it is sent."""
        typed = [value for name, value in self.fields if name.rpartition(".")[2] not in FOR_US_ALONE]
        return [value for value in typed if len(value) >= LONG]

    @property
    def lost(self) -> list[Upload]:
        """The files that have to be chosen again."""
        return [one for one in self.uploads if not one.file_hash]

    @property
    def files(self) -> list[str]:
        """The names of those that are kept."""
        return [one.name for one in self.uploads if one.file_hash]

    @property
    def sealed_uploads(self) -> str:
        """The hidden field that brings them back."""
        return kept_uploads.seal(self.uploads)


def whole_form() -> KeptForm:
    """The form of the present request as it was sent, at the address it was sent to in the language of the page; of its
    files only the names."""
    sent = list(request.form.items(multi=True))
    fields = [(name, value) for name, value in sent if name not in NEVER_KEPT and "password" not in name]
    named = (Upload(field, file.filename, "", "") for field, file in request.files.items(multi=True) if file.filename)
    address = request.script_root + request.full_path.rstrip("?")
    secret = any("password" in name or name in SHOWN_BY_OWNER for name, _value in sent)
    return KeptForm(address, tuple(fields), tuple(named), secret=secret)


def with_files() -> KeptForm:
    """The same with its files kept aside, and those that were lost on the way."""
    return replace(whole_form(), uploads=(*kept_uploads.keep(), *kept_uploads.lost()))


def in_its_sign_in(form: KeptForm, arrived: str) -> KeptForm:
    """The same with the sign-in that the browser of this request was last in, ended or not, and when it came."""
    token = str(cookie.get("_user_id", ""))
    typed_in = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest() if token else ""
    return replace(form, typed_in=typed_in, arrived=arrived)


def seal(form: KeptForm) -> tuple[str, KeptForm]:
    """The signed text of a hidden field, and the form as it is in it: without its fields when they would not pass."""
    sealed = _dumped(form)
    if len(sealed) > current_app.config["MAX_FORM_MEMORY_SIZE"] - BESIDE:
        form = replace(form, fields=(), whole=False)
        sealed = _dumped(form)
    return sealed, form


def unseal(text: str) -> KeptForm | None:
    """What `seal` made; None for nothing, or for what is not ours."""
    try:
        address, fields, uploads, whole, secret, typed_in, arrived = _serializer().loads(text)
        named = tuple(Upload(*one) for one in uploads)
    except (BadSignature, ValueError, TypeError):
        return None
    return KeptForm(address, tuple((name, value) for name, value in fields), named, whole, secret, typed_in, arrived)


def _dumped(form: KeptForm) -> str:
    told = [form.address, form.fields, form.uploads, form.whole, form.secret, form.typed_in, form.arrived]
    return str(_serializer().dumps(told))


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("carried")
