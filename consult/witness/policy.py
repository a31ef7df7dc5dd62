"""What makes a checkpoint of a log good to whoever checks it without asking anybody (C2SP tlog-policy): which keys sign
it, who witnesses it, and how many of them are enough."""

from collections.abc import Sequence

from consult.ledger.signer import Signer
from consult.witness.settings import Witness

NEWLINES = str.maketrans("\r\n", "  ")


def policy_of(origin: str, address: str, signer: Signer, witnesses: Sequence[Witness], enough: int) -> str:
    """The policy of the log `origin`, whose tiles lie below `address`. Of fewer witnesses than are asked for, all are
    needed; of none, the signature of the site alone counts."""
    keys = [*(one["vkey"] for one in signer.published(origin)), *signer.further_keys(origin)]
    named = [(f"w{number}", one) for number, one in enumerate(witnesses, 1)]
    lines = [f"# {origin}".translate(NEWLINES), *(f"log {key} {address}" for key in keys)]
    lines += [f"witness {name} {one.key} {one.url}".rstrip() for name, one in named]
    return "\n".join([*lines, *_quorum([name for name, _ in named], enough)]) + "\n"


def _quorum(names: Sequence[str], enough: int) -> list[str]:
    needed = min(enough, len(names))
    if not needed:
        return ["quorum none"]
    return [f"group witnesses {needed} {' '.join(names)}", "quorum witnesses"]
