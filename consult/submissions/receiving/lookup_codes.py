"""The two codes of a receipt: made from the idempotency key, so that asking again gives the same, and kept as hashes.

The look-up code is the matter's short key, 10 random digits (more where the key's length leaves room) and two check
digits, so that a slip of the pen is told at once without asking the database; what it costs to guess one is worked out
in docs/operating.md. Codes from before had 13 and go on working. The secret number has 6 digits.

Both hashes are keyed with the site's key for receipts instead of being slow. A slow hash of 6 digits would still fall
in hours to whoever holds the database, and would cost every sender 50 ms before the receipt; without that key, which is
not in the database, a keyed one cannot be tried at all. Guessing at the site itself is throttled by
`consult/tracking/counted_lookup.py`.

That key may be changed: codes made with an earlier one are found as long as it stays in the key ring.
"""

import hashlib
import hmac
import itertools
import re
import unicodedata
from uuid import UUID

from consult.submissions.inputs import Codes

RANDOM_DIGITS = 10
RANDOM_DIGITS_BEFORE = 13
CHECK_DIGITS = 2
SECRET_DIGITS = 6
KEY_DIGITS = 3
"""Of most matters: their short key has more once there were a thousand."""
LIKE_DIGITS = str.maketrans("OoQIil|", "0001111")
"""What is taken for a digit, or typed for one."""
_DIGIT = re.compile(r"\d")
_DIGITS_OR_ALIKE = re.compile(r"[\dOoQIil|]+")
SHORTEST_KEY = 22
"""128 random bits written in base64 have 22 characters, in hex 32."""


def make(short_key: str, consultation_id: UUID, idempotency_key: str, codes: Codes) -> tuple[str, str]:
    """A new look-up code (digits only) and its secret number for this idempotency key in this matter; with the same key
    for receipts always the same ones."""
    return _made(codes.newest, short_key, consultation_id, idempotency_key)


def made_before(
    short_key: str, consultation_id: UUID, idempotency_key: str, hashed: str, codes: Codes
) -> tuple[str, str]:
    """The same two codes as the first time, when a look-up code with the hash `hashed` was given for this idempotency
    key. Raises LookupError when the key for receipts of that time is gone."""
    for key, random in itertools.product(codes.keys, (RANDOM_DIGITS, RANDOM_DIGITS_BEFORE)):
        code, secret = _made(key, short_key, consultation_id, idempotency_key, random)
        if same(_code_hash(key, code), hashed):
            return code, secret
    raise LookupError("the key that this receipt was made with is gone")


def shown(code: str) -> str:
    """A code as people copy it: digits in threes."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


def typed(text: str) -> str:
    """The digits of what somebody typed, whatever stands between them and whatever kind of digits; an O among digits is
    a nought, an I or l a one. May be empty."""
    parts = [part for part in re.split(r"[^\w|]+", text[:200]) if part]
    alike = [_DIGITS_OR_ALIKE.fullmatch(part) is not None for part in parts]
    read = (
        part.translate(LIKE_DIGITS)
        if alike[place] and _is_number(part, sum(alike[max(place - 1, 0) : place + 2]))
        else part
        for place, part in enumerate(parts)
    )
    return "".join(str(unicodedata.digit(sign)) for part in read for sign in part if sign.isdecimal())


def _is_number(part: str, here: int) -> bool:
    """Whether what looks like digits is some: it has one, or another such part stands beside it (`here` counts it and
    them). `OOI` among the threes of a code is 001."""
    return _DIGIT.search(part) is not None or here > 1


def missing(code: str) -> int:
    """How many digits a code lacks that is shorter than any; 0 for one that may be whole."""
    return max(0, KEY_DIGITS + RANDOM_DIGITS + CHECK_DIGITS - len(code))


def why_no_secret(typed: str) -> str:
    """The code of what is wrong with digits that were no secret number of a receipt."""
    if len(typed) == SECRET_DIGITS:
        return "wrong_second_code"
    return "secret_too_short" if len(typed) < SECRET_DIGITS else "secret_too_long"


def well_formed(code: str) -> bool:
    """Whether the check digits are right: a code with one wrong or two swapped digits is not."""
    return len(code) > RANDOM_DIGITS + CHECK_DIGITS and len(code) < 40 and int(code) % 97 == 1


def short_keys(code: str) -> list[str]:
    """What a code may begin with as the short key of its matter: all but the digits behind it, or less."""
    return [code[:length] for length in range(1, len(code) - RANDOM_DIGITS - CHECK_DIGITS + 1)]


def code_hash(code: str, codes: Codes) -> str:
    """What is stored to find a submission by its new code."""
    return _code_hash(codes.newest, code)


def code_hashes(code: str, codes: Codes) -> list[str]:
    """What may be stored for a code, whenever it was made. Raises LookupError when the site has no key: a code must not
    be called unknown by who cannot know it."""
    return [_code_hash(key, code) for key in codes.keys or (codes.newest,)]


def secret_hash(code: str, secret: str, codes: Codes) -> str:
    """What is stored to check the secret number of a new receipt; bound to its look-up code."""
    return _secret_hash(codes.newest, code, secret)


def is_secret_of(code: str, secret: str, hashed: str, codes: Codes) -> bool:
    """Whether this secret number, whenever it was made, is the one whose hash was stored."""
    return any([same(hashed, _secret_hash(key, code, secret)) for key in codes.keys])


def rating_marks(code: str, secret: str, number: int, codes: Codes) -> list[str]:
    """What is stored to know that who has both codes rated the answer to comment `number`, by each key of the site, the
    newest first. Without the codes, which are stored nowhere, it leads to no receipt."""
    ratings = (_keyed(key, "rating", code, secret, str(number)).hex() for key in codes.keys or (codes.newest,))
    return list(ratings)


def key_hash(idempotency_key: str) -> str:
    """What is stored to know an idempotency key again: it has 128 random bits, so a plain hash hides it."""
    return hashlib.sha256(idempotency_key.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _made(
    key: bytes, short_key: str, consultation_id: UUID, idempotency_key: str, random: int = RANDOM_DIGITS
) -> tuple[str, str]:
    length = random + -(len(short_key) + random + CHECK_DIGITS) % 3
    body = short_key + _digits(key, length, "code", str(consultation_id), idempotency_key)
    code = f"{body}{98 - int(body + '00') % 97:02d}"
    return code, _digits(key, SECRET_DIGITS, "second code", str(consultation_id), idempotency_key)


def _code_hash(key: bytes, code: str) -> str:
    return _keyed(key, "code hash", code).hex()


def _secret_hash(key: bytes, code: str, secret: str) -> str:
    return _keyed(key, "second code hash", code, secret).hex()


def _digits(key: bytes, how_many: int, *parts: str) -> str:
    number = int.from_bytes(_keyed(key, *parts))
    return str(number % 10**how_many).zfill(how_many)


def _keyed(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, "\x00".join(("consult", *parts)).encode(), "sha256")
