"""The address at which somebody who reported says once whether a case is really solved: only the site could make it,
and it names nobody."""

from uuid import UUID

from itsdangerous import BadSignature

from consult.session_secret import Secrets

PURPOSE = "whether it is solved"


def address(secrets: Secrets, consultation_id: UUID, word_id: UUID) -> str:
    """The last part of the address for one question."""
    return secrets.serializer(PURPOSE).dumps([str(consultation_id), str(word_id)])


def read(secrets: Secrets, given: str) -> tuple[UUID, UUID] | None:
    """The matter and the question; None for an address that the site did not make."""
    try:
        consultation_id, word_id = secrets.serializer(PURPOSE).loads(given)
        return UUID(consultation_id), UUID(word_id)
    except (BadSignature, ValueError, TypeError):
        return None
