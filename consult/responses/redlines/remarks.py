"""What stands beside a tracked change in the file: whose wording it is, the answer to it, and where it can be read.

`say` speaks the language of the file, which is that of the draft.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult.errors import listed
from consult.outline.citations import Say
from consult.responses.redlines.accepted import AcceptedWording

MOST_NAMED = 20
"""Comments whose numbers and addresses stand beside one change."""
LONGEST_AUTHOR = 200


@dataclass(frozen=True)
class Remarks:
    """Authors and comments of one file; `address` is where a comment is read, by its number."""

    say: Say
    address: Callable[[int], str]

    def author(self, wording: AcceptedWording) -> str:
        """ "Ý kiến 17 – UBND xã Yên Bình": the name as it is public, or the commune, or no name."""
        shown = wording.comment
        name = (
            shown.organisation or shown.sender or (self.say("redline.of_area", area=shown.area) if shown.area else "")
        )
        numbers = listed(wording.numbers[:MOST_NAMED])
        if len(wording.numbers) > MOST_NAMED:
            numbers = self.say("redline.and_more", named=numbers, count=len(wording.numbers) - MOST_NAMED)
        words = self.say("redline.author", numbers=numbers)
        named = self.say("redline.author_named", author=words, name=name) if name else words
        return named[:LONGEST_AUTHOR]

    def lines(self, wording: AcceptedWording, code: str) -> Sequence[str]:
        """The answer and the addresses; of a wording that is not in the file, why, and what it asks for."""
        said: list[str] = []
        if code:
            said.append(self.say(f"redline.apart.{code}"))
            said += self.say("redline.proposed", words=wording.proposed).split("\n")
        if wording.version is not None:
            said.append(f"{self.say(f'disposition.{wording.version.disposition}')}.")
            said += wording.version.text.split("\n") if wording.version.text else []
        return [*said, *(self.address(number) for number in wording.numbers[:MOST_NAMED])]
