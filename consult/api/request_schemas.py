"""The schemas of what a program sends: what is not required may be null, which is the same as leaving it out."""

from consult.api.schema_parts import SOMETHING, TEXT, Schema, listed, or_null, whole, words
from consult.submissions.inputs import COMMENT_LIMIT, CONSENT_VERSION
from consult.submissions.words import Stance, Topic

HIGHEST = 999_999
KEY_PATTERN = "^(?!-*([0-9A-Fa-f]-*){0,31}$)[A-Za-z0-9_=-]{22,200}$"
"""Of a key that nobody guesses: 22 characters of base64url; of hex, which says less with each, 32, wherever hyphens
stand between them."""

NAMED: Schema = {"type": "string", "minLength": 1}
NONE: Schema = {"type": "null"}
BOX: Schema = {
    **listed({"type": "number"}, minItems=4, maxItems=4),
    "description": "left, top, width, height in points",
}


def _some(required: tuple[str, ...] = (), **members: Schema) -> Schema:
    properties = {name: schema if name in required else or_null(schema) for name, schema in members.items()}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_NUMBER = whole(1, HIGHEST)
_OF_ANCHOR = {"document": _NUMBER, "revision": _NUMBER, "path": NONE, "quote": TEXT, "page": NONE, "box": NONE}
IN_TEXT = _some(("path",), **{**_OF_ANCHOR, "path": NAMED})
ON_PAGE = _some(("page",), **{**_OF_ANCHOR, "page": _NUMBER, "box": BOX})
WHOLE_DOCUMENT = _some(("document",), **_OF_ANCHOR)
ANCHOR: Schema = {
    "anyOf": [NAMED, IN_TEXT, ON_PAGE, WHOLE_DOCUMENT],
    "description": "null is the whole matter; a string is a path in the main draft's current revision",
}
COMMENT = _some(
    ("text",), anchor=ANCHOR, stance=words(Stance), topic=words(Topic), text={**TEXT, "pattern": SOMETHING},
    proposed=TEXT, reason=TEXT,
)  # fmt: skip
AREA = _some(("code", "valid_from"), code=TEXT, valid_from={"type": "string", "format": "date"})
SUBMISSION = _some(
    ("consent", "comments"),
    name=TEXT,
    contact={**TEXT, "description": "a mail address or a telephone number; empty for none"},
    area=AREA,
    publish_name={"type": "boolean"},
    consent={"type": "string", "enum": [CONSENT_VERSION], "description": "the version that /consent gives"},
    comments=listed(COMMENT, minItems=1, maxItems=COMMENT_LIMIT),
)
"""What `POST …/submissions` takes."""
