"""Where a body is found and by what it is called: what receipts, notices and pages tell people to turn to, and by which
code the document network knows it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.edxml.documents import is_code
from consult.errors import Invalid
from consult.people import mail_addresses, telephones
from consult.people.models import Organisation
from consult.people.organisations import LONGEST_NAME, organisation
from consult.text import one_line

FIELDS = ("address", "telephone", "hours", "mail", "network_code")


def of(body: Organisation) -> dict[str, str]:
    """What is known of how to reach a body, by the names of the fields."""
    return {name: getattr(body, name) for name in FIELDS}


def change(session: Session, organisation_id: UUID, typed: Mapping[str, str]) -> Organisation:
    """Says anew how a body is reached. Raises NotFound, and Invalid with all that is wrong."""
    said = {name: one_line(typed.get(name, "")) for name in FIELDS}
    errors = {name: "too_long" for name, words in said.items() if len(words) > LONGEST_NAME}
    if said["telephone"] and (lacking := telephones.problem(said["telephone"])):
        errors["telephone"] = lacking
    if said["mail"] and (wrong := mail_addresses.problem(said["mail"])):
        errors["mail"] = wrong
    if said["network_code"] and (wrong := code_problem(said["network_code"])):
        errors["network_code"] = wrong
    if errors:
        raise Invalid(errors)
    with writing(session, Lock.PEOPLE):
        body = organisation(session, organisation_id)
        if _in_use(session, body, said["network_code"]):
            raise Invalid({"network_code": "network_code_in_use"})
        for name, words in said.items():
            setattr(body, name, words)
    return body


def code_problem(text: str) -> str | None:
    """Why this is no code of a body on the document network; None where it is one."""
    return None if is_code(text) else "not_a_network_code"


def _in_use(session: Session, body: Organisation, code: str) -> bool:
    """Whether another body that has not ended has this code."""
    same = (
        func.lower(Organisation.network_code) == code.lower(),
        Organisation.id != body.id,
        Organisation.valid_to.is_(None),
    )
    return bool(code) and session.scalar(select(Organisation.id).where(*same).limit(1)) is not None
