"""What a receipt says, on the page, as PDF and as picture: when what was received by whom, until when it may be changed
and must be answered, how one will be told, and whom to turn to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import answer_terms
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.submissions.inputs import Codes, Cosigned
from consult.submissions.letter_models import LetterVersion
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import own_submission
from consult.submissions.sender.letter_amendment import versions_of
from consult.submissions.words import ContactKind, SubmissionKind
from consult.tracking import lookup
from consult.tracking import service as tracking
from consult.tracking.service import CommentStatus


@dataclass(frozen=True)
class ReceiptFacts:
    """A receipt. `secret` is empty where it is not to be shown; `due` and `changes_until` are None where there is no
    such day; `due_from_receipt` is whether its days are counted from the receipt, not from the end of the period;
    `joined` is whether it is of somebody who joined a comment; `amended` are a letter's later versions."""

    consultation: Consultation
    code: str
    secret: str
    number: int
    received_at: datetime
    contact_kind: ContactKind
    contact: str
    place_said: str
    cosigned: tuple[Cosigned, ...]
    comments: tuple[CommentStatus, ...]
    files: tuple[Attachment, ...]
    due: date | None
    due_days: int
    due_unit: str
    due_from_receipt: bool
    changes_until: datetime | None
    joined: bool
    amended: tuple[LetterVersion, ...]

    @property
    def body(self) -> Organisation:
        """Who received it, and whom to call."""
        return self.consultation.posting

    @property
    def numbers(self) -> list[int]:
        """The public numbers of its comments."""
        return [one.number for one in self.comments]


def read(session: Session, code: str, secret: str, keys: Codes) -> ReceiptFacts:
    """The receipt with this look-up code as it is now; raises NotFound, also when the codes were changed since."""
    found = lookup.find_any(session, code, keys)
    consultation = lookup.matter_of(session, found)
    files: tuple[Attachment, ...] = ()
    term = answer_terms.term_of(session, consultation)
    if isinstance(found, Joiner):
        comments = tuple(tracking.of_joiner(session, consultation, found))
        kind, at, place = SubmissionKind.COMMENT, found.at, ""
    else:
        comments = tuple(tracking.of_submission(session, consultation, found))
        files = tuple(own_submission.files_of(session, found))
        kind, at, place = found.kind, found.received_at, found.place_said or (found.area.name if found.area else "")
    return ReceiptFacts(
        consultation=consultation,
        code=lookup_codes.shown(lookup_codes.typed(code)),
        secret=secret,
        number=found.number,
        received_at=at,
        contact_kind=found.contact_kind,
        contact=found.contact,
        place_said=place,
        cosigned=() if isinstance(found, Joiner) else tuple(map(Cosigned.read, found.cosigned)),
        comments=comments,
        files=files,
        **_due(term, kind, at),
        changes_until=consultation.closes_at,
        joined=isinstance(found, Joiner),
        amended=() if isinstance(found, Joiner) else tuple(versions_of(session, found)[1:]),
    )


def _due(term: answer_terms.AnswerTerm | None, kind: SubmissionKind, at: datetime) -> dict[str, Any]:
    """Until when what was received at this instant is to be answered, and from where that is counted."""
    if term is None:
        return {"due": None, "due_days": 0, "due_unit": "", "due_from_receipt": False}
    received = clock.local_day(at)
    from_receipt = term.start(kind, received) == received
    return {
        "due": term.due(kind, at), "due_days": term.days, "due_unit": term.unit.value, "due_from_receipt": from_receipt,
    }  # fmt: skip


def with_mail_link(found: Submission | Joiner) -> bool:
    """Whether its sender can ask for mails that lead to it."""
    return isinstance(found, Submission) and found.contact_kind is ContactKind.MAIL
