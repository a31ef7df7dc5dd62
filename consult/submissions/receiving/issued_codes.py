"""Whether new codes were given at the desk for what was received: the form of then has no right to them."""

from uuid import UUID

from sqlalchemy import bindparam, select

from consult.compiled_statements import CompiledStatement, Executor
from consult.submissions.receiving.models import CodesIssued

_ISSUED = CompiledStatement(
    select(CodesIssued.id)
    .where(
        CodesIssued.consultation_id == bindparam("consultation"),
        CodesIssued.submission_id == bindparam("submission"),
    )
    .limit(1)
)


def were_issued(executor: Executor, consultation_id: UUID, submission_id: UUID) -> bool:
    """Whether the codes that this submission was received with ended so."""
    return _ISSUED.first(executor, consultation=consultation_id, submission=submission_id) is not None
