"""A submission or a joining by its look-up code, and with the secret number what only its sender may see."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.errors import NotFound, Refused
from consult.submissions.inputs import Codes
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes


def find_by_code(session: Session, code: str, keys: Codes) -> Submission:
    """The submission with this look-up code, however it was typed (spaces, hyphens, none); raises NotFound.

    A code whose check digits are wrong is not looked for.
    """
    digits = lookup_codes.typed(code)
    if not lookup_codes.well_formed(digits):
        raise NotFound
    found = session.scalars(
        select(Submission)
        .where(_of_its_matter(session, Submission, digits))
        .where(Submission.code_hash.in_(lookup_codes.code_hashes(digits, keys)))
        .options(joinedload(Submission.area), joinedload(Submission.organisation))
        .limit(1)
    ).first()
    if found is None:
        raise NotFound
    return found


def find_joiner(session: Session, code: str, keys: Codes) -> Joiner:
    """The joining with this look-up code; raises NotFound."""
    digits = lookup_codes.typed(code)
    if not lookup_codes.well_formed(digits):
        raise NotFound
    hashes = lookup_codes.code_hashes(digits, keys)
    of_its_matter = _of_its_matter(session, Joiner, digits)
    found = session.scalars(select(Joiner).where(of_its_matter, Joiner.code_hash.in_(hashes)).limit(1)).first()
    if found is None:
        raise NotFound
    return found


def _of_its_matter(session: Session, rows: type[Submission] | type[Joiner], digits: str) -> ColumnElement[bool]:
    """Where a code can lead: to the matter whose short key it begins with, or to either of two where keys have grown.
    Asked first, since rows of a matter are found by its id wherever they are kept."""
    beginning = Consultation.short_key.in_(lookup_codes.short_keys(digits))
    return rows.consultation_id.in_(session.scalars(select(Consultation.id).where(beginning)).all())


def open_with_secret(session: Session, code: str, secret: str, keys: Codes) -> Submission:
    """The submission for its sender; raises NotFound, and Refused `wrong_second_code`.

    Throttling wrong ones is for who calls: six digits hold only as long as nobody may try them all.
    """
    found = find_by_code(session, code, keys)
    _require_secret(found.secret_hash, code, secret, keys)
    return found


def find_any(session: Session, code: str, keys: Codes) -> Submission | Joiner:
    """What a look-up code leads to; raises NotFound."""
    try:
        return find_by_code(session, code, keys)
    except NotFound:
        return find_joiner(session, code, keys)


def open_any(session: Session, code: str, secret: str, keys: Codes) -> Submission | Joiner:
    """The same for who has the secret number as well; raises NotFound, and Refused `wrong_second_code`."""
    try:
        return open_with_secret(session, code, secret, keys)
    except NotFound:
        joiner = find_joiner(session, code, keys)
        _require_secret(joiner.secret_hash, code, secret, keys)
        return joiner


def matter_of(session: Session, submission: Submission | Joiner) -> Consultation:
    """The matter a submission or a joining belongs to."""
    return session.get_one(Consultation, submission.consultation_id)


def _require_secret(kept: str, code: str, secret: str, keys: Codes) -> None:
    if not lookup_codes.is_secret_of(lookup_codes.typed(code), lookup_codes.typed(secret), kept, keys):
        raise Refused("wrong_second_code")
