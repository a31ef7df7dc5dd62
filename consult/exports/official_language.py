"""The voice of an official document: Vietnamese, whatever language the site is read in."""

from consult.catalogues import translations


def official(code: str, **values: object) -> str:
    """The Vietnamese sentence of `code`, with `%(name)s` filled in when values are given."""
    sentence: str = translations("vi").gettext(code)
    return sentence % values if values else sentence


def printed_notice(demo: bool) -> str:
    """What every file of a demonstration is marked with; empty for real matters."""
    return official("exports.demo") if demo else ""
