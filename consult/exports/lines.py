"""What the consolidated table says, as plain values: its head, and one line for each comment, in the order of print."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from consult.exports.official_language import official
from consult.submissions.comments.outcome import READABLE


@dataclass(frozen=True)
class PlaceMajority:
    """How many of the public opinions of people on a place (in words) are for it and against it, and how many are
    neither; whether it is decided as most want (`follows`, None where nothing was to be decided or it is not public
    yet), and otherwise for which `reason`."""

    words: str
    in_favour: int
    against: int
    others: int
    follows: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class TableHead:
    """What stands above the lines. `columns`, `headings`, `blocks` and the texts are those of the matter's rules.

    `body` issues the table, under the body `above` it. `asked` counts the bodies asked, `silent` names those of them
    whose silence until the day named is agreement, `opinions` counts those that the form counts, `dispositions` the
    answered ones; `outcome` and `visibility` are the two public sums (docs/ledger.md).
    `majority` has the places of which the law on grassroots democracy wants the numbers; `taken_up` names the
    proposals that the draft takes up.
    `notice` marks made-up data and is empty otherwise. `counted_at` is when all of it was read.
    """

    slug: str
    title: str
    kind: str
    procedure: str
    stage: str
    body: str
    above: str
    place: str
    form: str
    columns: tuple[str, ...]
    headings: dict[str, str]
    blocks: tuple[tuple[str, str], ...]
    heading: str
    intro: str
    counting_rule: str
    asked: int
    opinions: int
    joiners: int
    dispositions: dict[str, int]
    outcome: dict[str, Any]
    visibility: dict[str, Any]
    counted_at: datetime
    silent: tuple[str, ...] = ()
    notice: str = ""
    majority: tuple[PlaceMajority, ...] = ()
    taken_up: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copy:
    """Somebody else who sent the very same: the public number, and who it was as far as that is public."""

    number: int
    sender: str = ""
    area: str = ""
    left: bool = False


@dataclass(frozen=True)
class Met:
    """A dialogue over an answer that was held on a local day: whether both sides agreed there, and on what."""

    held_on: date
    agreed: bool
    outcome: str


@dataclass(frozen=True)
class WentTo:
    """A body that an opinion was passed on to: by which letter, on which local day, until when an answer is asked for;
    and what it answered, where that is public."""

    body: str
    letter_number: str
    sent_on: date
    due_on: date
    replied_on: date | None = None
    reply_letter: str = ""
    reply: str = ""

    @property
    def words(self) -> list[str]:
        """The same as it is printed, in Vietnamese."""
        days = {"sent": f"{self.sent_on:%d/%m/%Y}", "due": f"{self.due_on:%d/%m/%Y}"}
        told = [official("exports.referred", body=self.body, **days)]
        if self.replied_on is not None:
            answered = {"body": self.body, "day": f"{self.replied_on:%d/%m/%Y}"}
            told.append(official("exports.referral_answered", **answered) + self.reply)
        return told


@dataclass(frozen=True)
class TableLine:
    """One comment with its public answer: only what anybody may see. Codes are codes, empty where nothing is said.

    Lines of one `group` are about one place of one draft, which is named in words (`draft`) where there are several.
    `outcome` is `open` for whatever has no public outcome, `visibility` is `unreleased` for whatever is not told
    (docs/ledger.md); `readable` tells whether anybody may read the text. The letter is that of an organisation whose
    name is public. A comment that was `spoken` in a language is told by its checked transcript. `joiners` are of one
    opinion with it; with `left` they alone stand behind it. `answer` and `change` are None when they are for the
    senders alone, whom they reached when they were `handed_over`. `change_path` is a path of the draft
    `change_revision`, in words `change_place`. `parts` are the comments that a split one was split
    into. `answer_state` says of an internal copy how far its answer has come.
    `first_answered_on` is there once an answer was worded anew; `second_word` is what the body that sent the comment
    says of its answer, `dialogues` those held over it, and `final_answer` that the answer followed that. `passed_on`
    tells where it went, and what came back.
    `sent_place` is the place that it was received with, in words, where it was moved to the one at which it stands, and
    `moved_on` the day of the last move, with its reason.
    Lines in the very same words have one `copy`; in print they are one, the others its `copies`.
    """

    number: int
    group: str
    block: str = ""
    place: str = ""
    subject: str = ""
    document: int = 0
    document_title: str = ""
    revision: int = 0
    draft: str = ""
    path: str = ""
    page: int | None = None
    critique_part: str = ""
    kind: str = "comment"
    channel: str = "web"
    received_on: date | None = None
    sender: str = ""
    organisation: str = ""
    letter_number: str = ""
    letter_on: date | None = None
    letter_place: str = ""
    area: str = ""
    spoken: str = ""
    joiners: int = 0
    left: bool = False
    visibility: str = "unreleased"
    visibility_reason: str = ""
    stance: str = ""
    quote: str = ""
    text: str = ""
    proposed: str = ""
    reason: str = ""
    outcome: str = "open"
    outcome_reason: str = ""
    sent_place: str = ""
    moved_on: date | None = None
    moved_why: str = ""
    part_of: int | None = None
    parts: tuple[int, ...] = field(default=())
    response: int | None = None
    disposition: str = ""
    answer: str | None = ""
    change: str | None = ""
    change_path: str = ""
    change_revision: int | None = None
    change_place: str = ""
    handed_over: bool = False
    answered_on: date | None = None
    first_answered_on: date | None = None
    second_word: str = ""
    second_word_on: date | None = None
    second_word_text: str = ""
    dialogues: tuple[Met, ...] = ()
    passed_on: tuple[WentTo, ...] = ()
    final_answer: bool = False
    answer_state: str = ""
    copy: str = ""
    copies: tuple[Copy, ...] = ()

    @property
    def last_way(self) -> WentTo | None:
        """Where it went last, of one that another body is responsible for."""
        return self.passed_on[-1] if self.passed_on else None

    @property
    def readable(self) -> bool:
        """Whether anybody may read its text."""
        return self.visibility in READABLE
