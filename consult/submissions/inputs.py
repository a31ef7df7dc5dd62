"""What every channel hands to `receiving.receive`: the web form, the API, an organisation, the desk with a paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from consult import size_limits
from consult.submissions.words import Channel, ContactKind, CritiquePart, SightingKind, Stance, SubmissionKind, Topic
from consult.text import one_line

CONSENT_VERSION = "2026-11"
"""The version of the text on personal data that the forms show; stored with each submission."""

TEXT_LIMIT = size_limits.TEXT
SHORT_LIMIT = size_limits.SHORT
COMMENT_LIMIT = size_limits.COMMENTS


@dataclass(frozen=True)
class AnchorInput:
    """What a comment is about: a provision by `path` (with a quoted span), or a page (with a box in points), of a
    revision of a document; only the document when path and page are empty. None instead of this is the whole matter.

    `revision` None is the current one. `part` is the same as `box` in thousandths of the page, as addresses write it.
    """

    document: int = 1
    revision: int | None = None
    path: str = ""
    quote: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    part: tuple[int, int, int, int] | None = None


@dataclass(frozen=True)
class TypedComment:
    """What a form holds of one comment, as typed and unchecked; `anchor` as `?tai=` writes it, `topic` on an
    environmental impact report."""

    anchor: str = ""
    stance: str = ""
    text: str = ""
    proposed: str = ""
    reason: str = ""
    topic: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed for it."""
        return not one_line(self.text + self.proposed + self.reason)


@dataclass(frozen=True)
class SightingInput:
    """Where and when something was seen, and of what kind: the commune, the exact point (degrees north and east, WGS
    84), which never becomes public by itself, and the local day. The same in words is in the text of the comment, but
    for the point."""

    kind: SightingKind
    seen_on: date | None = None
    area_id: UUID | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class CommentInput:
    """One comment as typed; only the text is required, and not even that when a voice says it (`AttachmentInput`).
    `topic` is for comments on an environmental impact report, `critique_part` for what `receiving` takes from a
    critique, `sighting` for what was seen at a place."""

    text: str
    anchor: AnchorInput | None = None
    stance: Stance | None = None
    proposed: str = ""
    reason: str = ""
    topic: Topic | None = None
    critique_part: CritiquePart | None = None
    sighting: SightingInput | None = None


@dataclass(frozen=True)
class Sender:
    """Who sends. `place_said` is where they live in their own words. `organisation_id` for formal opinions and
    critiques; an organisation's name is always public."""

    name: str = ""
    publish_name: bool = False
    area_id: UUID | None = None
    contact_kind: ContactKind = ContactKind.NONE
    contact: str = ""
    organisation_id: UUID | None = None
    place_said: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter's own number and day as entered, and who signed it; what has no number is known by its place."""

    number: str = ""
    on: date | None = None
    signatory_name: str = ""
    signatory_office: str = ""
    signing_line: str = ""
    place: str = ""


@dataclass(frozen=True)
class Cosigned:
    """A body that confirmed for itself, on the local day `on`, the letter that another one sends; `name` as it was
    then."""

    organisation_id: UUID
    name: str
    on: date

    def kept(self) -> dict[str, str]:
        """As it is stored, and as the log commits to it."""
        return {"organisation": str(self.organisation_id), "name": self.name, "on": self.on.isoformat()}

    @classmethod
    def read(cls, stored: Mapping[str, str]) -> "Cosigned":
        """As it was stored."""
        return cls(UUID(stored["organisation"]), stored["name"], date.fromisoformat(stored["on"]))


@dataclass(frozen=True)
class CritiqueInput:
    """What a văn bản phản biện xã hội adds. `criteria` maps each of CRITIQUE_TEXTS to its text, `impact` to a dict
    of IMPACT_FACETS; `proceedings` those of PROCEEDINGS of which something is told."""

    form: str
    criteria: dict[str, Any]
    conclusion: str
    held_on: date | None = None
    participants: str = ""
    agreement_number: str = ""
    agreement_on: date | None = None
    proceedings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AttachmentInput:
    """A file already kept in the store (`file_hash`), of a media type found by its content.

    `comment` is the place among the comments of the one it belongs to, None for the submission as a whole. With the
    role "voice" it is that comment spoken, in `language`, for so many `seconds` (0 when its container does not tell).
    One that is `lost` is not kept: a receipt proves that it was sent.
    """

    file_hash: str
    file_name: str
    media_type: str
    file_size: int
    role: str = "attachment"
    comment: int | None = None
    language: str = ""
    seconds: int = 0
    lost: bool = False


@dataclass(frozen=True)
class LostComment:
    """A comment that a receipt proves: which entry of which epoch it was, under which number, with which leaf, and
    the salts of its text and of what its submission shares, by which it says the same as then."""

    epoch: int
    was: int
    number: int
    leaf: bytes
    salts: Mapping[str, bytes]


@dataclass(frozen=True)
class BroughtBack:
    """What a submission was that is brought back: both codes of its receipt, and its comments in their order."""

    code: str
    secret: str
    comments: tuple[LostComment, ...]


@dataclass(frozen=True)
class NewSubmission:
    """Everything about one submission, whatever the channel.

    `arrived_at` decides what is in time; `received_at` is the legal time, earlier for paper, with its reason.
    `idempotency_key` has at least 128 random bits: the same key and content give the same receipt again.
    """

    comments: tuple[CommentInput, ...]
    arrived_at: datetime
    idempotency_key: str
    kind: SubmissionKind = SubmissionKind.COMMENT
    channel: Channel = Channel.WEB
    language: str = "vi"
    sender: Sender = field(default_factory=Sender)
    letter: Letter = field(default_factory=Letter)
    critique: CritiqueInput | None = None
    cosigned: tuple[Cosigned, ...] = ()
    attachments: tuple[AttachmentInput, ...] = ()
    consent_version: str = CONSENT_VERSION
    received_at: datetime | None = None
    received_reason: str = ""
    recorded_by_id: UUID | None = None
    brought_back: BroughtBack | None = None


@dataclass(frozen=True)
class Receipt:
    """What is handed over at once: the look-up code, the secret number, the numbers, and the ledger's proof."""

    code: str
    secret: str
    submission_number: int
    comment_numbers: tuple[int, ...]
    proof: dict[str, Any]
    repeated: bool = False


@dataclass(frozen=True)
class Codes:
    """The keys from which codes are made again for the same idempotency key, so that only their hashes are stored: the
    newest first, by which new ones are made; the others are of an earlier time and still good."""

    keys: tuple[bytes, ...] = field(repr=False)

    @property
    def newest(self) -> bytes:
        """What new codes are made with. Raises LookupError when the site has no key."""
        if not self.keys:
            raise LookupError("no key for receipts is there")
        return self.keys[0]
