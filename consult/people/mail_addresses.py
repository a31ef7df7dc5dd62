"""Mail addresses: one rule for whoever gives one, of their own, of a colleague, of an office or of the site.

What it takes, the mailer can put into a message and hand to any mail server (`for_server`); what it does not take is
refused where it was typed, with what is wrong.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 254
"""RFC 5321, 4.5.3.1.3, less the angle brackets."""
LONGEST_NAME, LONGEST_LABEL = 64, 63
"""RFC 5321, 4.5.3.1.1 (what stands before the sign); RFC 1035, 2.3.4 (a part of a domain)."""

_NAME = re.compile(r"(?a:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)")
"""Words joined by dots. What the standard allows beyond them (comments in brackets, quoted names, numbers for a domain)
writes one mailbox in any number of ways, and nobody has such an address. Letters with accents before the sign need a
server that speaks SMTPUTF8, which hardly any does."""
_IN_TEXT = re.compile(r"(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+")
_ENCODED_WORD = "=?"
_NUMBER = re.compile(r"[0-9]+")
_WITH_NAME = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


def problem(text: str) -> str | None:
    """The code of what is wrong with `text` as the one address that mails can be sent to; None when it is one."""
    if any(sign in text for sign in '<>,;:"()[]\\'):
        return "not_a_mail_name"
    if any(sign.isspace() or not sign.isprintable() for sign in text):
        return "not_a_mail_blank"
    name, at, domain = text.partition("@")
    if not at or not name or not domain or "@" in domain:
        return "not_a_mail_twice" if "@" in domain else "not_a_mail"
    return _problem_of_name(name) or _problem_of_domain(name, domain)


def standing_in(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand in a text, from left to right: those in which nothing is wrong."""
    for found in _IN_TEXT.finditer(text):
        if problem(found.group()) is None:
            yield found.span()


def for_server(address: str) -> str:
    """`address`, in which nothing is wrong, as it stands in messages: a domain with accents in the letters of the name
    service (RFC 3490). Raises ValueError for what is no address."""
    if problem(address) is not None:
        raise ValueError
    name, _, domain = address.partition("@")
    return f"{name}@{_ascii(domain)}"


def mailbox(address: str) -> str:
    """The mailbox that mails to `address` come to, to be counted by: without regard to case, the width of letters, and
    what stands between a plus sign and the @ (a label that most providers let everybody make up)."""
    folded = unicodedata.normalize("NFKC", address.strip()).casefold()
    name, at, domain = folded.rpartition("@")
    return name.partition("+")[0] + at + domain


def of_sender(setting: str) -> tuple[str, str]:
    """Name and address of a sender written "a@b", "Name <a@b>" or "\"Name, of an office\" <a@b>". Raises ValueError for
    what holds no address, or more than one line."""
    if not setting.isprintable():
        raise ValueError
    found = _WITH_NAME.fullmatch(setting.strip())
    name, address = (found["name"].strip(), found["address"]) if found else ("", setting.strip())
    if problem(address) is not None:
        raise ValueError
    quoted = len(name) > 1 and name[0] == name[-1] == '"'
    return re.sub(r"\\(.)", r"\1", name[1:-1]) if quoted else name, address


def _problem_of_name(name: str) -> str | None:
    if not name.isascii():
        return "not_a_mail_accents"
    if len(name) > LONGEST_NAME:
        return "not_a_mail_long"
    if name[0] == "." or name[-1] == "." or ".." in name:
        return "not_a_mail_dots"
    return None if _NAME.fullmatch(name) and _ENCODED_WORD not in name else "not_a_mail"


def _problem_of_domain(name: str, domain: str) -> str | None:
    labels = domain.split(".")
    if not all(labels):
        return "not_a_mail_dots"
    if len(labels) < 2 or not all(map(_is_label, labels)) or _NUMBER.fullmatch(labels[-1]) or len(labels[-1]) < 2:
        return "not_a_mail_domain"
    if any(len(label) > LONGEST_LABEL for label in labels):
        return "not_a_mail_long"
    try:
        written = _ascii(domain)
        if written.encode("ascii").decode("idna").lower() != _lower(domain):
            return "not_a_mail_domain"
    except UnicodeError:
        return "not_a_mail_domain"
    return "not_a_mail_long" if len(name) + 1 + len(written) > LONGEST else None


def _is_label(label: str) -> bool:
    """Whether a part of a domain has nothing but letters, figures and hyphens within, in the writing that everybody
    means: the same letters in another width or with unseen signs would lead to a mailbox under two names."""
    plain = unicodedata.normalize("NFKC", label) == label and all(sign.isalnum() or sign == "-" for sign in label)
    return plain and label[0] != "-" and label[-1] != "-"


def _lower(domain: str) -> str:
    """As a domain is read back: whoever writes one by the letters of the name service means those."""
    return ".".join(
        label.encode("ascii").decode("idna").lower() if label.lower().startswith("xn--") else label.lower()
        for label in domain.split(".")
    )


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    return ".".join(label.encode("idna").decode("ascii") for label in domain.split("."))
