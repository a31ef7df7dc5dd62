"""What happens, and whom it is told by which mail; or why nobody. `docs/mails.md` has the same table in words.

An act that is not here fails `tests/notices/test_who_is_told.py`: whatever concerns a sender says whom it tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from consult.ledger.programme_entries import OF_PROGRAMMES


class Whom(StrEnum):
    """Who gets a mail. An organisation is its people who write and sign for it, and the mailboxes of their units."""

    SENDER = "sender"
    JOINER = "joiner"
    ASKED = "asked"
    PERSON = "person"
    BOTH_ADDRESSES = "both_addresses"
    LISTENERS = "listeners"
    WRITER = "writer"
    TAKER = "taker"
    SIGNERS = "signers"
    REVIEWER = "reviewer"
    ASKER = "asker"
    COSIGNERS = "cosigners"
    OFFICERS = "officers"
    ANSWERERS = "answerers"
    AT_DESK = "at_desk"
    FOLLOWER = "follower"
    BRANCH = "branch"
    BEHIND = "behind"
    PLANNERS = "planners"
    PROMISERS = "promisers"
    COPIED = "copied"
    ORDERERS = "orderers"
    INVITED = "invited_bodies"
    TAKING_PART = "taking_part"
    PROPOSERS = "proposers"
    APPRAISERS = "appraisers"
    CONSULTED = "consulted"


@dataclass(frozen=True)
class Told:
    """Who is told by which template; `letter` is the template for who sent a letter of an organisation."""

    template: str
    whom: tuple[Whom, ...]
    letter: str = ""


@dataclass(frozen=True)
class Nobody:
    """Why no mail tells of it."""

    why: str


Rule = tuple[Told, ...] | Nobody

OF_COMMENTS: Mapping[str, Rule] = MappingProxyType(
    {
        "received": (
            Told("received", (Whom.SENDER,), "letter_received"),
            Told("critique_received", (Whom.OFFICERS,)),
        ),
        "amended": Nobody("the sender did it, and saw it done"),
        "letter_amended": Nobody("the sender did it, and saw it done"),
        "withdrawn": Nobody("the sender did it, and saw it done"),
        "author_left": Nobody("the sender did it, and saw it done"),
        "name_hidden": Nobody("the sender did it, and saw it done"),
        "joined": Nobody("who joins has the receipt at once"),
        "joining_withdrawn": Nobody("who joined did it, and saw it done"),
        "transcribed": Nobody("what was said is heard and read as before"),
        "quarantined": Nobody("it is internal, and nobody outside may know of it"),
        "released": (Told("comment_changed", (Whom.SENDER,)),),
        "withheld": (Told("comment_changed", (Whom.SENDER,)),),
        "redacted": (Told("comment_changed", (Whom.SENDER,)),),
        "invalid": (Told("comment_changed", (Whom.SENDER,)),),
        "reinstated": (Told("comment_changed", (Whom.SENDER,)),),
        "split": (Told("comment_changed", (Whom.SENDER,)),),
        "moved": (Told("comment_changed", (Whom.SENDER,)),),
        "divided": Nobody("it was received and told before, and every row of it is on the desk's list"),
        "erased": Nobody("its sender asked for it, and sees by both codes that it was done"),
        "closed_again": Nobody("they were told the first time, before the database was set back"),
        "passed_on": (Told("comment_changed", (Whom.SENDER,)),),
        "scan_set_aside": Nobody("what the letter says stays as it was, and its sender sees their own scans"),
        "typing_settled": (Told("typed/settled", (Whom.SENDER,)),),
        "codes_issued": (Told("codes_issued", (Whom.SENDER,)),),
        "remarked": (Told("critique_received", (Whom.OFFICERS,)),),
        "second_word": (
            Told("critique_received", (Whom.OFFICERS,)),
            Told("letters/second_word", (Whom.ANSWERERS,)),
        ),
        "second_word_paper": (Told("letters/word_taken", (Whom.SENDER,)),),
        "dialogue_called": (
            Told("letters/dialogue", (Whom.SENDER,)),
            Told("letters/dialogue_desk", (Whom.AT_DESK,)),
        ),
        "dialogue_held": (
            Told("letters/dialogue", (Whom.SENDER,)),
            Told("letters/dialogue_desk", (Whom.AT_DESK,)),
        ),
        "referred": (Told("comment_changed", (Whom.SENDER,)),),
        "referral_answered": (Told("comment_changed", (Whom.SENDER,)),),
        "taken_up": (Told("comment_changed", (Whom.SENDER,)),),
        "bundled": (Told("comment_changed", (Whom.SENDER,)),),
        "question_asked": (Told("comment_changed", (Whom.SENDER,)),),
        "question_replied": (Told("sent_back", (Whom.WRITER,)),),
        "reply_shared": (Told("sent_back", (Whom.WRITER,)),),
        "brought_back": Nobody("who brings the receipt is handed the new one, and `received` goes out once more"),
        "answered": (
            Told("answered", (Whom.SENDER,), "letter_answered"),
            Told("joined_answered", (Whom.JOINER,)),
            Told("followed", (Whom.FOLLOWER,)),
            Told("collected/answered", (Whom.BEHIND,)),
        ),
    }
)
"""What is done to comments, by the words of the acts and of the public log. `released` tells only who was told before
that the text is not public, or not in full."""

OF_MATTERS: Mapping[str, Rule] = MappingProxyType(
    {
        "published": (Told("asked", (Whom.ASKED,)), Told("followed", (Whom.FOLLOWER,))),
        "asked": (Told("asked", (Whom.ASKED,)),),
        "reminded": (Told("asked", (Whom.ASKED,)),),
        "extended": (Told("extended", (Whom.SENDER, Whom.ASKED)), Told("followed", (Whom.FOLLOWER,))),
        "issued": (Told("concluded", (Whom.SENDER, Whom.JOINER)), Told("followed", (Whom.FOLLOWER,))),
        "in_force": (Told("concluded", (Whom.SENDER, Whom.JOINER)), Told("followed", (Whom.FOLLOWER,))),
        "year_later": (Told("concluded", (Whom.SENDER,)), Told("followed", (Whom.FOLLOWER,))),
        "answers_extended": (Told("extended", (Whom.SENDER, Whom.JOINER)), Told("followed", (Whom.FOLLOWER,))),
        "withdrawn_matter": (
            Told("matter_withdrawn", (Whom.SENDER, Whom.JOINER, Whom.ASKED)),
            Told("followed", (Whom.FOLLOWER,)),
        ),
        "concluded": (Told("concluded", (Whom.SENDER, Whom.JOINER, Whom.ASKED)), Told("followed", (Whom.FOLLOWER,))),
        "revised": (Told("revised", (Whom.SENDER, Whom.ASKED)), Told("followed", (Whom.FOLLOWER,))),
        "submitted": Nobody("the page of the matter tells it, and nothing is asked of anybody"),
        "proposals_bundled": Nobody("`bundled` tells who made each proposal, and the letter itself is `received`"),
        "handed_to_appraisal": (Told("appraisal/package", (Whom.APPRAISERS,)),),
        "majority_answered": Nobody("`concluded` goes out with it, and leads to the table where it stands"),
        "signed_copy": Nobody("it is what was concluded, with a signature; the page and the log tell it"),
        "signed_copy_set_aside": Nobody("the page and the log tell it, and nothing is asked of anybody"),
        **dict.fromkeys(
            OF_PROGRAMMES,
            Nobody("pages and log tell it; whom something is asked of is told by `promises_told`"),
        ),
        "sealed": Nobody("the log tells it, and nothing is asked of anybody"),
        "log_checkpoint": Nobody("it says in one log what another stands at"),
        "epoch": Nobody("the log tells it, and nothing is asked of anybody"),
    }
)
"""What happens to a matter, by the words of the public log and of `matter_changed`."""

OF_PEOPLE: Mapping[str, Rule] = MappingProxyType(
    {
        "account_invited": (Told("invited", (Whom.PERSON,)),),
        "account_changed": (Told("account_changed", (Whom.PERSON,)),),
        "account_mail_changed": (Told("mail_changed", (Whom.BOTH_ADDRESSES,)),),
        "deputy_named": (Told("deputy", (Whom.PERSON,)),),
        "listening_asked": (Told("listening", (Whom.LISTENERS,)),),
        "work_due": (Told("daily/work", (Whom.AT_DESK,)),),
        "comments_transferred": (Told("triage/transferred", (Whom.TAKER,)),),
        "due_day_moved": (Told("daily/calendar", (Whom.OFFICERS,)),),
        "word_asked": (Told("coordination/word", (Whom.CONSULTED,)),),
        "word_due": (Told("coordination/word", (Whom.CONSULTED, Whom.ASKER)),),
        "word_replied": (Told("coordination/word", (Whom.ASKER,)),),
        "answers_sent_back": (Told("sent_back", (Whom.WRITER,)),),
        "letter_review_asked": (Told("handed_over", (Whom.REVIEWER,)),),
        "letter_reviewed": (Told("handed_over", (Whom.ASKER,)),),
        "letter_cosign_asked": (Told("letters/cosigning", (Whom.COSIGNERS,)),),
        "letter_cosign_answered": (Told("letters/cosigning", (Whom.ASKER,)),),
        "letter_handed_over": (Told("handed_over", (Whom.SIGNERS,)),),
        "plan_due": (Told("programme/plan_due", (Whom.PLANNERS,)),),
        "promises_told": (Told("programme/promises", (Whom.PROMISERS,)),),
        "promises_taken_over": Nobody("whoever owes it is told of the task with which it goes on"),
        "course_told": (Told("programme/course", (Whom.INVITED,)),),
        "campaign_told": (Told("programme/campaign", (Whom.TAKING_PART,)),),
        "commendation_answered": (Told("programme/commendation", (Whom.PROPOSERS,)),),
        "order_told": (Told("programme/order", (Whom.ORDERERS,)),),
        "practice_asked": (Told("programme/practice_asked", (Whom.COPIED,)),),
        "solved_asked": (Told("programme/solved", (Whom.SENDER,)),),
        "follow_asked": (Told("follow_asked", (Whom.FOLLOWER,)),),
        "programme_day": (Told("programme/followed", (Whom.FOLLOWER,)),),
        "branch_asked": (Told("collected/branch_asked", (Whom.BRANCH,)),),
        "collected_answered": (Told("collected/answered", (Whom.BEHIND,)),),
    }
)
"""What concerns people who sign in, by the events that say so."""

WORK_OF_MACHINES = (
    "pages_waiting", "pile_waiting", "data_erased", "commendation_erased", "table_due", "package_due",
    "case_package_due", "archive_due", "files_left_waiting",
)  # fmt: skip
NOTED = ("access_changed", "following_ended", "joiner_forgotten", "commendation_taken_out")

OF_MACHINES: Mapping[str, Rule] = MappingProxyType(
    {
        "mail_requested": Nobody("it is the mail"),
        "message_requested": Nobody("it is the message, or the call"),
        **dict.fromkeys(WORK_OF_MACHINES, Nobody("work of the machine")),
        "themes_due": Nobody("work of the machine; the page of themes shows it"),
        "replies_due": Nobody("work of the machine; who is reminded then is told by `reminded`"),
        "matter_told": Nobody("the matter is told in another language, and nothing is asked of anybody"),
        **dict.fromkeys(NOTED, Nobody("whoever did it saw it done; it is noted so that no backup brings it back")),
        "matter_discarded": Nobody("the matter was never public"),
    }
)
"""Events that concern nobody outside."""

ALL: Mapping[str, Rule] = MappingProxyType({**OF_COMMENTS, **OF_MATTERS, **OF_PEOPLE, **OF_MACHINES})


def told(name: str, whom: Whom) -> Told | None:
    """By which mail somebody of this kind is told of it; None when nobody of the kind is."""
    rule = ALL.get(name, ())
    return None if isinstance(rule, Nobody) else next((one for one in rule if whom in one.whom), None)
