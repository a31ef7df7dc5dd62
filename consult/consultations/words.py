"""Kinds, procedures and audiences of a matter, as codes (docs/house.md has the words of the interface)."""

from enum import StrEnum


class Kind(StrEnum):
    """What is open for comment; a programme is no draft, and its matter only lends lock, log and numbers to what two
    bodies promise each other (`programme/`), that of the site log lends them to the checkpoints of all other logs
    (`transparency/site_log/`)."""

    LEGAL_DRAFT = "legal_draft"
    PLAN = "plan"
    EIA_REPORT = "eia_report"
    STRATEGIC_ASSESSMENT = "strategic_assessment"
    PROPOSALS = "proposals"
    SIGHTINGS = "sightings"
    PROGRAMME = "programme"
    SITE_LOG = "site_log"

    @property
    def has_draft(self) -> bool:
        """Whether a matter of this kind asks about a draft of its own, which is published with it."""
        return self not in (Kind.PROPOSALS, Kind.SIGHTINGS, *ASKS_NOBODY)

    @property
    def standing(self) -> bool:
        """Whether it is open all year: its end is that of the year, which nobody is reminded of, and each comment is
        answered by a day of its own."""
        return self in (Kind.PROPOSALS, Kind.SIGHTINGS)


ASKS_NOBODY = (Kind.PROGRAMME, Kind.SITE_LOG)
"""What is a matter only to have a log: it is never published, and nobody comments on it."""
OPEN_TO_COMMENT = tuple(kind for kind in Kind if kind not in ASKS_NOBODY)
"""What people send comments to."""
DRAFTS = tuple(kind for kind in Kind if kind.has_draft)
"""What people are asked about by a draft."""


class Procedure(StrEnum):
    """Under which rules: comment on a draft, the statutory consultation of an EIA, or the Front's own beside it."""

    COMMENT = "comment"
    EIA_STATUTORY = "eia_statutory"
    FRONT_OPINION = "front_opinion"


class Audience(StrEnum):
    """Whom a period is for."""

    PUBLIC = "public"
    INVITED = "invited"
    CRITIQUE = "critique"


class Disclosure(StrEnum):
    """When the text of a comment becomes public."""

    ON_RELEASE = "on_release"
    AT_ONCE = "at_once"
    WITH_ANSWERS = "with_answers"


class DocumentRole(StrEnum):
    """The main draft, what stands beside it, or a text in force that proposals are about."""

    MAIN = "main"
    FURTHER = "further"
    IN_FORCE = "in_force"


class MatchKind(StrEnum):
    """What became of a provision from one revision to the next."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"


class ChangeOrigin(StrEnum):
    """Where a change came from that no comment asked for."""

    APPRAISAL = "appraisal"
    PEOPLES_COMMITTEE = "peoples_committee"
    TECHNICAL_ERROR = "technical_error"
    OTHER = "other"


class LetterPurpose(StrEnum):
    """What an official letter of a matter is for: it asks bodies, replies to what one sent, or hands over the table."""

    INVITATION = "invitation"
    REPLY = "reply"
    TABLE = "table"


class SentBy(StrEnum):
    """The way on which the letter went to a body that was asked."""

    SITE = "site"
    POST = "post"
    HAND = "hand"
    NETWORK = "network"


class DeliveryKind(StrEnum):
    """What is known of the delivery of a letter to a body; VOID takes back what was recorded by mistake."""

    SENT = "sent"
    ARRIVED = "arrived"
    REFUSED = "refused"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    IN_WORK = "in_work"
    DONE = "done"
    RECALL_ASKED = "recall_asked"
    RECALLED = "recalled"
    RECALL_REFUSED = "recall_refused"
    RECEIPT = "receipt"
    HANDED_OVER = "handed_over"
    MAIL_ACCEPTED = "mail_accepted"
    NO_MAILBOX = "no_mailbox"
    REMINDED = "reminded"
    VOID = "void"


MEETING_DAY = "meeting_on"
PROJECT = ("name", "investor", "place", "scale", MEETING_DAY, "meeting_place", "villages")
"""Keys of `Consultation.project`, what an environmental impact report is about: each a text, the day of the meeting
with residents as YYYY-MM-DD; of the villages it touches the names, with commas between."""

PLAIN_LINES = ("short_name", "question")
"""The keys of PLAIN_WORDS that are one line: what people call the matter, and the one thing it asks them."""
PLAIN_WORDS = (*PLAIN_LINES, "changes", "for_whom")
"""Keys of `Consultation.plain_words`, what somebody should know before reading: each a text by an officer. Until when
and how to take part the site says itself."""
