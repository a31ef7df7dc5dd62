"""The kinds of things of the yearly programme, as codes."""

from enum import StrEnum


class Ground(StrEnum):
    """On what a planned critique rests (NQLT 403/2017, Điều 2 khoản 2 điểm a–d)."""

    PROGRAMME = "programme"
    DRAFTING = "drafting"
    MEMBER = "member"
    REQUEST = "request"


QUARTERS = (1, 2, 3, 4)
