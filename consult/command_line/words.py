"""What commands say: sentences of the catalogues in the operator's language."""

import os
from collections.abc import Mapping

from consult.catalogues import sentence


def language() -> str:
    """`en` when CONSULT_LANG, or without it LC_ALL, begins so; otherwise `vi`."""
    asked = os.environ.get("CONSULT_LANG") or os.environ.get("LC_ALL", "")
    return "en" if asked.lower().startswith("en") else "vi"


def say(code: str, **values: object) -> str:
    """The sentence of `code`, its `%(name)s` filled in."""
    return say_in(language(), code, values)


def say_in(spoken: str, code: str, values: Mapping[str, object]) -> str:
    """The same in the language `spoken`, whatever the operator's is."""
    said = sentence(spoken, code, values)
    return said % values if values else said
