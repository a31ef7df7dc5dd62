"""What commands say: sentences of the catalogues in the operator's language."""

import os

from consult.catalogues import translations


def language() -> str:
    """`en` when CONSULT_LANG, or without it LC_ALL, begins so; otherwise `vi`."""
    asked = os.environ.get("CONSULT_LANG") or os.environ.get("LC_ALL", "")
    return "en" if asked.lower().startswith("en") else "vi"


def say(code: str, **values: object) -> str:
    """The sentence of `code`, its `%(name)s` filled in."""
    said = translations(language()).ugettext(code)
    return said % values if values else said


def sentence_of(errors: dict[str, str]) -> str:
    """What is wrong with each field of an Invalid, as one line."""
    return "; ".join(f"{field}: {say(f'error.{code}').rstrip('.')}" for field, code in errors.items()) + "."
