"""The codes that somebody is handed once more for pressing twice: none where new ones were given at the desk since, for
who comes with the form of then is not known to be who has those."""

from uuid import UUID

from sqlalchemy import bindparam, select

from consult.compiled_statements import CompiledStatement, Executor
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.errors import Refused
from consult.submissions.inputs import Codes
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.models import CodesIssued

_ISSUED = CompiledStatement(
    select(CodesIssued.id)
    .where(
        CodesIssued.consultation_id == bindparam("consultation"),
        CodesIssued.submission_id == bindparam("submission"),
    )
    .limit(1)
)


def made_before(
    executor: Executor, matter: PolicyFacts, submission_id: UUID, key: str, hashed: str, codes: Codes
) -> tuple[str, str]:
    """As `lookup_codes.made_before`; raises Refused `codes_ended` where new codes were given since."""
    try:
        return lookup_codes.made_before(matter.short_key, matter.id, key, hashed, codes)
    except LookupError:
        if _ISSUED.first(executor, consultation=matter.id, submission=submission_id) is not None:
            raise Refused("codes_ended") from None
        raise
