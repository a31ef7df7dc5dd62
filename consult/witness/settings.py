"""Which witnesses the site asks: `CONSULT_WITNESSES`, pairs of a verifier key and an address, or `-` for one that is
asked with a stick."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from consult.command_line.setting_values import Misconfigured
from consult.ledger.checkpoint import BadCheckpoint
from consult.ledger.cosignature import WitnessKey, read_witness_key

NAME = "CONSULT_WITNESSES"
BY_STICK = "-"


@dataclass(frozen=True)
class Witness:
    """A witness: its key, and the address below which it answers; empty when files are carried to it."""

    key: WitnessKey
    url: str

    @property
    def name(self) -> str:
        """Its name, which stands on every line it signs."""
        return self.key.name


def witnesses_of(given: str) -> tuple[Witness, ...]:
    """The witnesses of the setting. Raises Misconfigured for a key or address that is none, or a name given twice."""
    words = given.split()
    if len(words) % 2:
        raise Misconfigured("not_a_witness", name=NAME, given=words[-1])
    found = tuple(_witness(*pair) for pair in zip(words[::2], words[1::2], strict=True))
    if len({one.name for one in found}) < len(found):
        raise Misconfigured("witness_twice", name=NAME)
    return found


def _witness(key: str, url: str) -> Witness:
    try:
        parts = urlsplit(url)
        # A port that is none raises when it is looked at.
        led = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and not parts.query
        good = url == BY_STICK or led
        known = read_witness_key(key)
    except (BadCheckpoint, ValueError) as bad:
        raise Misconfigured("not_a_witness", name=NAME, given=key) from bad
    if not good:
        raise Misconfigured("not_a_witness", name=NAME, given=url)
    return Witness(known, "" if url == BY_STICK else url.rstrip("/"))
