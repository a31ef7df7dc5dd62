"""The copy of what is held of a sender, to be handed over: as data, or as a tagged PDF that can be read and listened
to. Both are made of the same copy, so that neither can hold what the other does not."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response

from consult.errors import Refused
from consult.web import context
from consult.web.files import downloads, typesetting
from consult.web.staff_text.plain import lines_of

TEMPLATE = "responses/data_copy.typ"
ENDINGS = "any(json, pdf)"
MOST = 300_000
"""Characters of a PDF: so much is set within some seconds."""


def answered(copy: Mapping[str, Any], ending: str) -> Response:
    """The copy as a file to be saved, which nobody keeps on the way. Raises Refused `copy_too_long` for a PDF of more
    than MOST characters, whose words are all in the other file."""
    said = json.dumps(copy, ensure_ascii=False, indent=1)
    if ending == "pdf" and len(said) > MOST:
        raise Refused("copy_too_long")
    made = Response(_pdf(copy) if ending == "pdf" else said, mimetype=f"application/{ending}")
    made.headers["Cache-Control"] = "no-store"
    return downloads.attached(made, f"du-lieu-{copy['submission']}.{ending}")


def _pdf(copy: Mapping[str, Any]) -> bytes:
    spoken, moment_of = context.language(), datetime.fromisoformat
    return typesetting.pdf(TEMPLATE, copy=copy, spoken=spoken, moment_of=moment_of, answer_lines=lines_of)
