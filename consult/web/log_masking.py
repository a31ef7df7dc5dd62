"""Look-up codes, invitations, the tickets of forms, what a provider of identities sends people back with and what ends
following by mail do not stand in logs: whoever reads
a log must not be able to follow somebody's comments, nor to set the password of somebody's account, nor to end what
they follow, nor to say for them whether what they reported is solved."""

import logging
import re

from flask import Flask

_CODE = re.compile(
    r"((?:thu-thap(?:/|%2[Ff])(?:vao|phieu)|tap-huan(?:/|%2[Ff])vao|tra-cuu|status|loi-moi|theo-doi(?:/|%2[Ff])thu"
    r"|phan-anh(?:/|%2[Ff])xong-chua)(?:/|%2[Ff])(?:(?:phieu|thu|giay)(?:/|%2[Ff]))?|/mo/"
    r"|[?&](?:ma|giu|phieu|code|state)=)([^/\s?&\"'\]]+)"
)
_TYPED = re.compile(r"([?&]q=)(?:(?:[+.-]|%20|%2[Dd])*[0-9]){15,}[+.-]*(?=[&\s\"']|$)")
"""A code that somebody typed where words are looked for."""

LOGGERS = ("werkzeug", "gunicorn.access", "gunicorn.error")


class Masked(logging.Filter):
    """Rewrites records that hold the address of a status page or an invitation."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, with its codes as stars."""
        said = record.getMessage()
        masked = mask(said)
        if masked != said:
            record.msg, record.args = masked, None
        return True


def mask(text: str) -> str:
    """`text` with every look-up code and invitation in an address as stars."""
    return _TYPED.sub(r"\1***", _CODE.sub(r"\1***", text))


def register(app: Flask) -> None:
    """Masks what the site itself, its development server and gunicorn write."""
    for logger in (app.logger, *(logging.getLogger(name) for name in LOGGERS)):
        if not any(isinstance(one, Masked) for one in logger.filters):
            logger.addFilter(Masked())
