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
    """What is promised: what a round of supervision recommends, a task of a yearly plan, or that a case of what people
    saw is dealt with."""

    RECOMMENDATION = "recommendation"
    TASK = "task"
    CASE = "case"


class Ending(StrEnum):
    """How a promise ended: carried out, or taken out of a public plan with a reason."""

    DONE = "done"
    WITHDRAWN = "withdrawn"


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
