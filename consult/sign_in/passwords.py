"""Passwords as scrypt keeps them, in the format of Werkzeug: `scrypt:N:r:p$salt$hex`. Slow on purpose: call it before
any lock.

Keyboards write a letter with its accents as one sign, as two or as three; a password is what its owner sees, so that it
is kept and compared in NFC. Those that an earlier release kept as they came are still found (`spelling_of`).
"""

import hashlib
import hmac
import re
import secrets

from consult.errors import Invalid
from consult.sign_in import password_strength
from consult.text import normal

COST, BLOCK, PARALLEL = 2**15, 8, 1
MEMORY = 132 * COST * BLOCK * PARALLEL
SHORTEST, LONGEST = 10, 200
_SHAPED = re.compile("([^\\W\\d_])(\u0323?)([\u0302\u0306\u031b])")
"""A letter with a circumflex, breve or horn, taken apart: the dot below stands before the first two."""


def hash_of(password: str) -> str:
    """The salted hash to keep of `password`."""
    salt = secrets.token_urlsafe(12)
    return f"scrypt:{COST}:{BLOCK}:{PARALLEL}${salt}${_derived(as_kept(password), salt, COST, BLOCK, PARALLEL)}"


def code_hash(code: str, salt: str) -> str:
    """What is kept of a code of a few signs, as slow to try as a password: hex."""
    return _derived(code, salt, COST, BLOCK, PARALLEL)


def as_kept(password: str) -> str:
    """`password` as it is kept."""
    return normal("NFC", password)


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one behind `kept`. Without one it takes as long and says no, so that the time of the
    answer does not tell which accounts exist."""
    return spelling_of(kept, password) is not None


def spelling_of(kept: str | None, password: str) -> str | None:
    """In which of its spellings `password` is the one behind `kept`, `as_kept` first; None when it is not. All of them
    are tried before it says no; most passwords have one."""
    method, salt, digest = (kept or _NOBODY).split("$")
    cost, block, parallel = (int(number) for number in method.split(":")[1:])
    for spelling in _spellings(password):
        same = hmac.compare_digest(_derived(spelling, salt, cost, block, parallel), digest)
        if same and kept is not None:
            return spelling
    return None


def check_new(password: str, again: str, *known: str) -> None:
    """Raises Invalid when a new password cannot be taken: too short or long, easy to guess, typed differently the
    second time. `known` are names that others try first: of its owner (name, mail), their organisations, the site."""
    password, again = as_kept(password), as_kept(again)
    if len(password) < SHORTEST:
        raise Invalid({"password": "password_too_short"})
    if len(password) > LONGEST:
        raise Invalid({"password": "too_long"})
    if (weak := password_strength.weakness(password, known)) is not None:
        raise Invalid({"password": weak})
    if password != again:
        raise Invalid({"again": "passwords_differ"})


def _spellings(password: str) -> list[str]:
    """In NFC, as typed, taken apart, and with the tones alone apart, as keyboards for Vietnamese write."""
    apart = normal("NFD", password)
    ways = (as_kept(password), password, apart, _SHAPED.sub(_with_shape, apart))
    return list(dict.fromkeys(way[:LONGEST] for way in ways))


def _with_shape(found: re.Match[str]) -> str:
    return normal("NFC", found[1] + found[3]) + found[2]


def _derived(password: str, salt: str, cost: int, block: int, parallel: int) -> str:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt.encode(), n=cost, r=block, p=parallel, maxmem=MEMORY
    ).hex()


_NOBODY = f"scrypt:{COST}:{BLOCK}:{PARALLEL}$nobody$no-password-gives-this"
