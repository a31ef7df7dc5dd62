"""What may wait for somebody, as codes; in the order in which they stand on the page."""

from enum import StrEnum


class Queue(StrEnum):
    """One kind of work that waits for a person."""

    SENT_BACK = "sent_back"
    LATE = "late"
    DUE_SOON = "due_soon"
    LETTERS = "letters"
    TO_APPROVE = "to_approve"
    TO_PUBLISH = "to_publish"
    TO_CONFIRM = "to_confirm"
    UNASSIGNED = "unassigned"
    TO_TRANSCRIBE = "to_transcribe"
    TO_CALL = "to_call"
    TO_SIGN = "to_sign"
    WORDS_ASKED = "words_asked"
