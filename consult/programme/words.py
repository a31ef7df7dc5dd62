"""The kinds of things of the yearly programme, as codes."""

from enum import StrEnum


class Ground(StrEnum):
    """On what a planned critique rests (NQLT 403/2017, Điều 2 khoản 2 điểm a–d)."""

    PROGRAMME = "programme"
    DRAFTING = "drafting"
    MEMBER = "member"
    REQUEST = "request"


QUARTERS = (1, 2, 3, 4)


class PromiseKind(StrEnum):
    """What is promised: what a round of supervision recommends, a task of a yearly plan, the remedy that a decision
    after an inspection asks for, what both sides decided in a quarterly exchange, or that a case of what people saw is
    dealt with."""

    RECOMMENDATION = "recommendation"
    TASK = "task"
    REMEDY = "remedy"
    DECISION = "decision"
    CASE = "case"


class InspectedKind(StrEnum):
    """Who was inspected: a body or an enterprise, a household that does business, or a person."""

    ORGANISATION = "organisation"
    HOUSEHOLD = "household"
    INDIVIDUAL = "individual"


class Ending(StrEnum):
    """How a promise ended: carried out, taken out of a public plan with a reason, or taken over by the programme that
    follows."""

    DONE = "done"
    WITHDRAWN = "withdrawn"
    TAKEN_OVER = "taken_over"


class PromiseActKind(StrEnum):
    """What is said of a promise: by who owes it (an answer, a later day, that it is done), or by who follows it."""

    ANSWER = "answer"
    MOVE = "move"
    DONE = "done"
    FOLLOW = "follow"


class StepKind(StrEnum):
    """A step of a round of supervision (NQLT 403/2017, Điều 7 and 9): the plan is sent, the supervised body reports, a
    place is visited, the round reports."""

    PLAN = "plan"
    OWN_REPORT = "own_report"
    VISIT = "visit"
    REPORT = "report"


class AgendaKind(StrEnum):
    """What an item of an exchange is about: a promise of which something waits for a decision, that is late or open;
    answers to comments that are late; what was passed on and is late; or what somebody wrote."""

    WAITS = "waits"
    LATE = "late"
    ANSWERS = "answers"
    REFERRAL = "referral"
    OPEN = "open"
    OWN = "own"


class ReportKind(StrEnum):
    """Over which days a programme is reported on: the first half of a year, a year, all its years at its end."""

    HALF = "half"
    YEAR = "year"
    FINAL = "final"


class PracticeSetting(StrEnum):
    """Where a model lives: among the people of a village or street, at a place of worship, a school, a market or a
    body."""

    COMMUNITY = "community"
    PARISH = "parish"
    SCHOOL = "school"
    MARKET = "market"
    BODY = "body"


class PracticeKind(StrEnum):
    """What a model does."""

    SEPARATION = "separation"
    ROADS = "roads"
    WATER = "water"
    PLASTIC = "plastic"
    TREES = "trees"
    CUSTOMS = "customs"
    OTHER = "other"


class PracticeActKind(StrEnum):
    """What is recorded of a model: its facts, how a year went, that it ended or was taken up again, a picture, what
    helps others to copy it."""

    FACTS = "facts"
    EVALUATION = "evaluation"
    ENDED = "ended"
    RESUMED = "resumed"
    PICTURE = "picture"
    MATERIAL = "material"


class MaterialTopic(StrEnum):
    """What a publication is about."""

    WASTE = "waste"
    PLASTIC = "plastic"
    WATER = "water"
    LAND = "land"
    CLIMATE = "climate"
    CUSTOMS = "customs"
    LAW = "law"


class MaterialForm(StrEnum):
    """What a publication is: read, heard over a loudspeaker, shown, or a film."""

    LEAFLET = "leaflet"
    POSTER = "poster"
    SLIDES = "slides"
    SOUND = "sound"
    FILM = "film"


class MaterialLanguage(StrEnum):
    """In which language a publication speaks."""

    VIETNAMESE = "vi"
    TAY = "tay"
    NUNG = "nung"
    DAO = "dao"
    HMONG = "mong"
    ENGLISH = "en"


class Licence(StrEnum):
    """What others may do with a publication: anything, anything that names who made it, copy it without change, or
    nothing without asking."""

    FREE = "free"
    ATTRIBUTION = "attribution"
    UNCHANGED = "unchanged"
    ASK = "ask"


class OrderState(StrEnum):
    """How an order stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    DELIVERED = "delivered"


class CommendedKind(StrEnum):
    """Whom a commendation is for: a body of the site, another group of people (a village, a household, a team), or a
    person."""

    BODY = "body"
    GROUP = "group"
    PERSON = "person"


class CommendationState(StrEnum):
    """How a commendation stands: it waits for the check, for a decision, for consent or for who makes it public; it was
    refused, is public, is public no more, or its personal data were erased."""

    PROPOSED = "proposed"
    CHECKED = "checked"
    DECIDED = "decided"
    REFUSED = "refused"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
