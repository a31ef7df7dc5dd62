"""What a check of references finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the provision at `path` that a person should look at: a code, whether it is certain, and the words
    concerned. `told` is how many of what was counted, or what a renumbered provision is called now (a path)."""

    code: str
    path: str
    certain: bool
    words: str
    told: str = ""
