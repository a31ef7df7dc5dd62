"""Where a body is found and by what it is called: what receipts, notices and pages tell people to turn to."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.errors import Invalid
from consult.people import mail_addresses, telephones
from consult.people.models import Organisation
from consult.people.organisations import LONGEST_NAME, organisation
from consult.text import one_line

FIELDS = ("address", "telephone", "hours", "mail")


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
    if errors:
        raise Invalid(errors)
    with writing(session, Lock.PEOPLE):
        body = organisation(session, organisation_id)
        for name, words in said.items():
            setattr(body, name, words)
    return body
