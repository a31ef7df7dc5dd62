"""Mail addresses: one rule for whoever gives one, of their own, of a colleague or of an office."""

import re
import unicodedata

LONGEST = 254
"""RFC 5321, 4.5.3.1.3, less the angle brackets."""

_MAIL = re.compile(
    r"(?a:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)"
    r"@(?:[\w-]+\.)+[\w-]{2,}"
)
"""Words joined by dots, before the sign and behind it. What the standard allows beyond them (comments in brackets,
quoted names, numbers for a domain) writes one mailbox in any number of ways, and nobody has such an address."""


def is_mail(text: str) -> bool:
    """Whether `text` is an address that mails can be sent to, and nothing else."""
    return len(text) <= LONGEST and _MAIL.fullmatch(text) is not None


def mailbox(address: str) -> str:
    """The mailbox that mails to `address` come to, to be counted by: without regard to case, the width of letters, and
    what stands between a plus sign and the @ (a label that most providers let everybody make up)."""
    folded = unicodedata.normalize("NFKC", address.strip()).casefold()
    name, at, domain = folded.rpartition("@")
    return name.partition("+")[0] + at + domain
