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
    after an inspection asks for, or what both sides decided in a quarterly exchange."""

    RECOMMENDATION = "recommendation"
    TASK = "task"
    REMEDY = "remedy"
    DECISION = "decision"


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
