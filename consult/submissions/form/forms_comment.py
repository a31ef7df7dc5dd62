"""One comment of the public form, as typed."""

from dataclasses import dataclass

from consult.submissions.inputs import TypedComment

COMMENT_FIELDS = (
    "text", "stance", "proposed", "reason", "anchor", "quote", "topic", "voice", "language", "subject", "provision",
    "where", "what", "seen_on", "commune", "commune_id", "point",
)  # fmt: skip


@dataclass(frozen=True)
class FormComment(TypedComment):
    """One comment of the public form; `quote` are the words marked, and `voice` names the recording that came instead
    of a text, spoken in `language`. A proposal has a `subject` and may say in words of which `provision` in force and
    about which place it is: these become the first lines of its text (`proposal_text`). So do kind (`what`), place,
    `commune` (`commune_id` where that is clear) and day of what was seen, but for its `point` (`sightings`)."""

    quote: str = ""
    topic: str = ""
    voice: str = ""
    language: str = ""
    subject: str = ""
    provision: str = ""
    where: str = ""
    what: str = ""
    seen_on: str = ""
    commune: str = ""
    commune_id: str = ""
    point: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        return super().empty and not (self.voice or self.subject.strip() or self.what)
