"""Who may come, to which matters at which stages: what the matrix of roles and routes is made of."""

from consult.consultations.words import Kind, Procedure
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, OrganisationKind, Role
from consult.stages import Stage

PROCEDURES = {
    Procedure.COMMENT: (Kind.LEGAL_DRAFT, OrganisationKind.DEPARTMENT, OrganisationKind.DEPARTMENT),
    Procedure.EIA_STATUTORY: (Kind.EIA_REPORT, OrganisationKind.DEPARTMENT, OrganisationKind.INVESTOR),
    Procedure.FRONT_OPINION: (Kind.EIA_REPORT, OrganisationKind.FRONT_COMMITTEE, OrganisationKind.FRONT_COMMITTEE),
}
"""With what is asked about, and the kinds of the body in charge and of the one that answers: what either may do hangs
on the procedure, and so does each case here."""
BODIES = ("lead", "answering", "issuing", "front", "other")
PEOPLE = {
    **{f"{role.value} of {body}": {role} for body in ("lead", "answering") for role in sorted(DESK_ROLES)},
    "desk of issuing": DESK_ROLES,
    "desk of front": DESK_ROLES,
    "workspace of front": ORGANISATION_ROLES,
    "desk of other": DESK_ROLES,
    "workspace of other": ORGANISATION_ROLES,
    "administrator of other": {Role.ADMINISTRATOR},
}
"""Everybody by their roles: one by one where the matter is theirs, otherwise all that a body's people have together."""
WHO = ("anybody", *PEOPLE)
EVERY_STAGE = (Stage.DRAFTING, Stage.ANNOUNCED, Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED, Stage.WITHDRAWN)
STAGES = {
    Procedure.COMMENT: EVERY_STAGE,
    Procedure.EIA_STATUTORY: EVERY_STAGE,
    Procedure.FRONT_OPINION: (Stage.OPEN,),
}
"""What the Front asks goes by the rules of any other comment: it is enough to see that, at one time."""
