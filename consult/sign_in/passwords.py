"""Passwords as scrypt keeps them, in the format of Werkzeug: `scrypt:N:r:p$salt$hex`. Slow on purpose: call it before
any lock."""

import hashlib
import hmac
import secrets

from consult.errors import Invalid
from consult.sign_in import password_strength

COST, BLOCK, PARALLEL = 2**15, 8, 1
MEMORY = 132 * COST * BLOCK * PARALLEL
SHORTEST, LONGEST = 10, 200


def hash_of(password: str) -> str:
    """The salted hash to keep of `password`."""
    salt = secrets.token_urlsafe(12)
    return f"scrypt:{COST}:{BLOCK}:{PARALLEL}${salt}${_derived(password, salt, COST, BLOCK, PARALLEL)}"


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one behind `kept`. Without one it takes as long and says no, so that the time of the
    answer does not tell which accounts exist."""
    method, salt, digest = (kept or _NOBODY).split("$")
    cost, block, parallel = (int(number) for number in method.split(":")[1:])
    same = hmac.compare_digest(_derived(password[:LONGEST], salt, cost, block, parallel), digest)
    return same and kept is not None


def check_new(password: str, again: str, *known: str) -> None:
    """Raises Invalid when a new password cannot be taken: too short or long, easy to guess, typed differently the
    second time. `known` are names that others try first: of its owner (name, mail), their organisations, the site."""
    if len(password) < SHORTEST:
        raise Invalid({"password": "password_too_short"})
    if len(password) > LONGEST:
        raise Invalid({"password": "too_long"})
    if (weak := password_strength.weakness(password, known)) is not None:
        raise Invalid({"password": weak})
    if password != again:
        raise Invalid({"again": "passwords_differ"})


def _derived(password: str, salt: str, cost: int, block: int, parallel: int) -> str:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt.encode(), n=cost, r=block, p=parallel, maxmem=MEMORY
    ).hex()


_NOBODY = f"scrypt:{COST}:{BLOCK}:{PARALLEL}$nobody$no-password-gives-this"
