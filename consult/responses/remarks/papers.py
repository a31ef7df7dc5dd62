"""What a body says of the answers to its letter on paper: entered by an officer with its scan, and from then on what is
said on the site is. In time is what was received in time, however much later it is entered, and the clock of the final
answer runs from the day of receipt. The body signed it with its own hand, so that nobody signs it here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.preconditions import person
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.letter_scans import Scan
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.intake.service import received_moment
from consult.responses.remarks import keeping
from consult.responses.remarks.keeping import AnsweredPoint
from consult.responses.remarks.said import Said
from consult.responses.remarks.service import answered_points
from consult.responses.second_words.models import SecondWordPaper
from consult.responses.second_words.terms import SecondWordTerms
from consult.submissions.models import Submission
from consult.text import blank, one_line, stored

NUMBER_LIMIT, SIGNATORY_LIMIT, REASON_LIMIT = 80, 300, 2_000


@dataclass(frozen=True)
class NewPaper:
    """A paper as it is typed: its number and day (it may have neither), who signed, the local day on which it was
    legally received and why that is before today; what it says of single answers by the numbers of their comments, and
    of the letter as a whole, which holds for each answer of which nothing is said apart; its scan, kept already."""

    letter_number: str
    letter_on: date | None
    signatory: str
    received_on: date
    received_reason: str
    by_point: Mapping[int, Said]
    whole: Said | None
    scan: KeptFile


def keep_scan(files: FileStore, scan: Scan) -> KeptFile:
    """Puts a checked scan into the store; slow, and therefore before any lock."""
    return KeptFile(files.put(scan.data), scan.name, scan.media_type, len(scan.data))


def record(
    session: Session,
    consultation: Consultation,
    letter: Submission,
    new: NewPaper,
    terms: SecondWordTerms,
    actor: Actor,
    now: datetime,
) -> SecondWordPaper:
    """Makes public what a paper says, all or nothing, and tells the desk and the body (`remarked`). What people of the
    body had written on the site and not signed goes.

    Raises NotFound (one of the comments is not of this letter, or has no answer that anybody may read); Invalid
    ({"received_on": `in_the_future` | `before_the_answer`, "letter_on": `in_the_future`, "received_reason": …,
    "letter_number" | "signatory": `too_long`}); Refused: the policy's reason, `nothing_chosen`, `remark_signed` (it
    was entered before, or said on the site), `second_word_late` (it was received after the term, which is the
    province's rule).
    """
    with writing(session, consultation.id):
        require(actor, Action.RECORD_PAPER, consultation, now)
        points = {one.comment.number: one for one in answered_points(session, consultation, letter, terms)}
        received_at = received_moment(new.received_on, now) or now
        chosen = _chosen(points, new, received_at)
        checked = _checked(new, [point for point, _said in chosen], now)
        made = _added(session, letter, new, checked, received_at, person(actor), now)
        answer_by = terms.answer_by(session, received_at)
        acts = []
        for point, said in chosen:
            on_whole = point.comment.number not in new.by_point
            found = keeping.keep(session, point, said, on_whole, person(actor), now)
            found.written_by_ids, found.paper_id = [str(person(actor))], made.id
            acts.append(keeping.fix(found, point, answer_by, None, now))
        numbers = [point.comment.number for point, _said in chosen]
        day, scan = new.received_on, new.scan.hash
        came = comment_entries.second_word_paper(made.number, letter.number, numbers, day, scan)
        ledger.append(session, consultation.id, [came, *acts], now)
        emit(session, "remarked", now, consultation.id, submission=str(letter.id), numbers=numbers, paper=made.number)
        consultation.touch()
        session.flush()
    return made


def papers_of(session: Session, letter: Submission) -> list[SecondWordPaper]:
    """The papers about the answers to a letter, the first first."""
    own = (SecondWordPaper.consultation_id == letter.consultation_id, SecondWordPaper.submission_id == letter.id)
    return list(session.scalars(select(SecondWordPaper).where(*own).order_by(SecondWordPaper.number)))


def _chosen(
    points: Mapping[int, AnsweredPoint], new: NewPaper, received_at: datetime
) -> list[tuple[AnsweredPoint, Said]]:
    """What is said of which answers, in their order."""
    if not set(new.by_point) <= set(points):
        raise NotFound
    for number in new.by_point:
        keeping.refuse_closed(points[number], received_at)
    # Of what was not answered yet when it came, a letter as a whole says nothing.
    known = {number for number, one in points.items() if _answered_by(one, new.received_on)} or set(points)
    said = {number: new.by_point.get(number) or (new.whole if number in known else None) for number in points}
    found = [(one, words) for number, one in points.items() if (words := said[number]) and one.open(received_at)]
    if new.whole is not None and points and not found:
        keeping.refuse_closed(min(points.values(), key=lambda one: one.signed), received_at)
    if not found:
        raise Refused("nothing_chosen")
    return found


def _answered_by(point: AnsweredPoint, day: date) -> bool:
    """Whether the answer was public on that local day."""
    return clock.local_day(point.answer.first_at) <= day


@dataclass(frozen=True)
class _Checked:
    letter_number: str
    signatory: str
    received_reason: str


def _checked(new: NewPaper, points: Sequence[AnsweredPoint], now: datetime) -> _Checked:
    number, signatory, why = one_line(new.letter_number), one_line(new.signatory), stored(new.received_reason)
    today, errors = clock.local_day(now), {}
    if new.received_on > today:
        errors["received_on"] = "in_the_future"
    elif not all(_answered_by(one, new.received_on) for one in points):
        errors["received_on"] = "before_the_answer"
    if new.letter_on is not None and new.letter_on > today:
        errors["letter_on"] = "in_the_future"
    if new.received_on < today and blank(why):
        errors["received_reason"] = "required"
    limits = {"letter_number": (number, NUMBER_LIMIT), "signatory": (signatory, SIGNATORY_LIMIT)}
    for name, (text, most) in (limits | {"received_reason": (why, REASON_LIMIT)}).items():
        if len(text) > most:
            errors[name] = "too_long"
    if errors:
        raise Invalid(errors)
    return _Checked(number, signatory, "" if blank(why) else why)


def _added(
    session: Session,
    letter: Submission,
    new: NewPaper,
    checked: _Checked,
    received_at: datetime,
    by_id: UUID,
    now: datetime,
) -> SecondWordPaper:
    made = SecondWordPaper(
        consultation_id=letter.consultation_id,
        id=new_id(),
        number=next_number(session, letter.consultation_id, "second_word_paper"),
        submission_id=letter.id,
        letter_on=new.letter_on,
        received_at=received_at,
        recorded_at=now,
        recorded_by_id=by_id,
        scan_hash=new.scan.hash,
        scan_name=new.scan.name,
        scan_type=new.scan.media_type,
        scan_size=new.scan.size,
        **vars(checked),
    )
    session.add(made)
    session.flush()
    return made
