"""The dialects of edXML and the states that its network tells of a document, as codes."""

from enum import StrEnum


class Dialect(StrEnum):
    """National: QCVN 102:2016, an `edXML` around the envelope, prefixed names. Provincial: the envelope itself, with
    names that bear no prefix."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"


NAMESPACES = {
    Dialect.NATIONAL: "http://www.mic.gov.vn/TBT/QCVN_102_2016",
    Dialect.PROVINCIAL: "http://www.go.vn/eDoc",
}


class State(StrEnum):
    """What the network tells of a document that was sent."""

    ARRIVED = "01"
    REFUSED = "02"
    REGISTERED = "03"
    ASSIGNED = "04"
    IN_WORK = "05"
    DONE = "06"
    RECALL_ASKED = "13"
    RECALLED = "15"
    RECALL_REFUSED = "16"
