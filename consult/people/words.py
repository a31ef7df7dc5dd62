"""The kinds of organisations and people, as codes."""

from enum import StrEnum


class Level(StrEnum):
    """Levels of government; the district level ended on 1 July 2025 and stays for history."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    COMMUNITY = "community"


class OrganisationKind(StrEnum):
    """What an organisation is: decides what it may send and lead."""

    DEPARTMENT = "department"
    PEOPLES_COMMITTEE = "peoples_committee"
    PEOPLES_COUNCIL = "peoples_council"
    FRONT_COMMITTEE = "front_committee"
    SOCIO_POLITICAL = "socio_political"
    MEMBER = "member"
    RELIGIOUS = "religious"
    AGENCY = "agency"
    COMMUNITY = "community"
    INVESTOR = "investor"


class Standing(StrEnum):
    """What a religious body is by law; each sends opinions with the same right."""

    RECOGNISED = "recognised"
    AFFILIATED = "affiliated"
    REGISTERED_GROUP = "registered_group"


class Role(StrEnum):
    """What a person may do for an organisation; a person may hold several."""

    DRAFTER = "drafter"
    SENDER = "sender"
    OFFICER = "officer"
    LEADER = "leader"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"


ORGANISATION_ROLES = frozenset({Role.DRAFTER, Role.SENDER})
DESK_ROLES = frozenset({Role.OFFICER, Role.LEADER, Role.PUBLISHER})
