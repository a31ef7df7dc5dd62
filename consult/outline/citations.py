"""The place of a provision in words: "khoản 3 Điều 12". The words are those of the function `say`, passed in."""

from collections.abc import Callable

from consult.outline import paths

Say = Callable[..., str]
_DIVISIONS = ("part", "chapter", "section", "subsection")


def label(path: str, say: Say) -> str:
    """A provision in the words of the language that `say` speaks: "điểm đ khoản 3 Điều 12a", "point đ, clause 3,
    Article 12a". Smallest first; divisions around an article are left out, as nobody needs them to find it."""
    steps = paths.parse(path)
    if any(step.kind == "article" for step in steps):
        steps = [step for step in steps if step.kind not in _DIVISIONS]
    words = ""
    for step in steps:
        # The first annexed text needs no number; most files have no other.
        kind = "later_body" if step.kind == "body" and step.label != "2" else step.kind
        own = say(f"place.{kind}", label=step.label)
        if step.repeat > 1:
            own = say("place.repeated", place=own, number=step.repeat)
        words = say("place.within", inner=own, outer=words) if words else own
    return words
