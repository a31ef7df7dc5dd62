"""Kinds of submissions, channels, stances and acts on a comment, as codes."""

from enum import StrEnum


class SubmissionKind(StrEnum):
    """phiếu góp ý, văn bản góp ý, văn bản phản biện xã hội."""

    COMMENT = "comment"
    FORMAL = "formal"
    CRITIQUE = "critique"


class Channel(StrEnum):
    """How it reached us."""

    WEB = "web"
    API = "api"
    POST = "post"
    IN_PERSON = "in_person"
    MAIL = "mail"
    MEETING = "meeting"
    TELEPHONE = "telephone"
    RECEIPT = "receipt"
    """Brought back from its sender's receipt, after the database that had it was lost."""


class Stance(StrEnum):
    """quan điểm."""

    SUPPORT = "support"
    SUPPORT_WITH_CHANGES = "support_with_changes"
    OPPOSE = "oppose"
    QUESTION = "question"
    OTHER = "other"


class SightingKind(StrEnum):
    """What somebody saw at a place: rác thải, nguồn nước, không khí, tiếng ồn, khai thác, rừng, việc khác."""

    WASTE = "waste"
    WATER = "water"
    AIR = "air"
    NOISE = "noise"
    QUARRYING = "quarrying"
    FOREST = "forest"
    OTHER = "other"


class ContactKind(StrEnum):
    """Where an answer may be sent; none is a choice."""

    NONE = "none"
    MAIL = "mail"
    TELEPHONE = "telephone"


class CallOutcome(StrEnum):
    """How a telephone call ended: đã báo, không gặp, sai số, đã báo bằng cách khác, gửi lại tin nhắn."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    TOLD_OTHERWISE = "told_otherwise"
    SENT_AGAIN = "sent_again"


CALL_ENDING = frozenset({CallOutcome.REACHED, CallOutcome.TOLD_OTHERWISE, CallOutcome.SENT_AGAIN})
"""After which nobody has to call any more."""


class CommentActKind(StrEnum):
    """What was done to a comment; each is a row with who, when and why."""

    RELEASED = "released"
    WITHHELD = "withheld"
    REDACTED = "redacted"
    QUARANTINED = "quarantined"
    INVALID = "invalid"
    REINSTATED = "reinstated"
    SPLIT = "split"
    PASSED_ON = "passed_on"
    WITHDRAWN = "withdrawn"
    AUTHOR_LEFT = "author_left"
    ANSWERED = "answered"
    MOVED = "moved"


KEPT_BACK = frozenset({CommentActKind.WITHHELD, CommentActKind.REDACTED})
"""What two people decide so that a text is not read, or not in full."""
SHOWING = KEPT_BACK | {CommentActKind.RELEASED, CommentActKind.QUARANTINED}
"""What decides who may read a text."""


class MovedFrom(StrEnum):
    """Of a comment that stands elsewhere than it was received with: whether that was a clause, whose words its proposed
    wording starts from, or anything else."""

    CLAUSE = "clause"
    ELSEWHERE = "elsewhere"


class VoiceLanguage(StrEnum):
    """What a comment was spoken in."""

    VIETNAMESE = "vi"
    TAY = "tay"
    NUNG = "nung"
    DAO = "dao"
    HMONG = "mong"
    OTHER = "other"


class WritingDownStage(StrEnum):
    """How far a voice is from being read: nobody was asked yet, another body was, somebody wrote it down and somebody
    else is to check that, or it was sent back."""

    WAITS = "waits"
    ASKED = "asked"
    WRITTEN = "written"
    SENT_BACK = "sent_back"


class CritiqueForm(StrEnum):
    """Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 34: hội nghị, gửi dự thảo lấy ý kiến, đối thoại trực tiếp."""

    CONFERENCE = "conference"
    WRITTEN = "written"
    DIALOGUE = "dialogue"


CRITIQUE_CRITERIA = ("necessity", "conformity", "soundness", "impact", "balance")
"""Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 33 khoản 2: the five contents of a critique."""

DIFFERING = "differing"
CRITIQUE_TEXTS = (*CRITIQUE_CRITERIA, DIFFERING)
"""Under which names `Critique.criteria` has a text: the five contents, and apart from them, where there are any, the
opinions of participants that differ from the conclusion."""

IMPACT_FACETS = ("politics", "economy", "culture", "society", "defence", "security", "foreign_affairs")
"""The seven facets of the fourth content."""


SHORT_PROCEEDINGS = ("held_at", "chaired_by", "recorded_by")
PROCEEDINGS = (*SHORT_PROCEEDINGS, "invited", "questions", "explanations", "authority_view")
"""How a critique came about, as far as that is told (NQLT 403/2017, Điều 14–19): where, under whose chair and who kept
the minutes; who was invited; what was asked, and what the drafting body explained; what the issuing authority said."""


class CritiquePart(StrEnum):
    """Which part of a critique a comment is, if it is none by clause: one of the five contents, a facet of the fourth
    (which a paper may have in one text), a recommendation of the conclusion, or an opinion that differs from it."""

    NECESSITY = "necessity"
    CONFORMITY = "conformity"
    SOUNDNESS = "soundness"
    IMPACT = "impact"
    POLITICS = "politics"
    ECONOMY = "economy"
    CULTURE = "culture"
    SOCIETY = "society"
    DEFENCE = "defence"
    SECURITY = "security"
    FOREIGN_AFFAIRS = "foreign_affairs"
    BALANCE = "balance"
    CONCLUSION = "conclusion"
    DIFFERING = "differing"


class WithheldReason(StrEnum):
    """Why a text is not public, or public only with parts blacked out."""

    PERSONAL_DATA = "personal_data"
    INSULT = "insult"
    UNLAWFUL = "unlawful"
    PROTECTED = "protected"
    SENDER_ASKED = "sender_asked"
    WITHDRAWN = "withdrawn"


VOICE = "voice"
"""The role of a file that is a comment spoken."""


class InvalidReason(StrEnum):
    """Why something received is not a comment on its matter."""

    OFF_TOPIC = "off_topic"
    SAYS_NOTHING = "says_nothing"
    SENT_TWICE = "sent_twice"
    ADVERTISING = "advertising"
    TRIAL = "trial"


class Topic(StrEnum):
    """What a comment on an environmental impact report is about: the contents on which people are consulted."""

    LOCATION = "location"
    IMPACTS = "impacts"
    MEASURES = "measures"
    MONITORING = "monitoring"
    OTHER = "other"
