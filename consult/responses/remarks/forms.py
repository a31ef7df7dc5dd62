"""The form of a paper about the answers to a letter, as plain values."""

from datetime import date

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid
from consult.files.signed_files import KeptFile
from consult.responses.remarks.papers import NewPaper
from consult.responses.remarks.said import Said, second_words
from consult.text import day_of, one_line

Form = MultiDict[str, str]


def paper(form: Form, scan: KeptFile | None, today: date) -> NewPaper:
    """What an officer typed of a paper; received `today` where no day is given. Raises Invalid with everything that is
    wrong in the form."""
    errors: dict[str, str] = {}
    letter_on, received_on = _day(form, "letter_on", errors), _day(form, "received_on", errors) or today
    by_point: dict[int, Said] = {}
    whole = None
    try:
        by_point, whole = second_words(form)
    except Invalid as wrong:
        errors |= wrong.errors
    if scan is None:
        errors["scan"] = "required"
    if errors or scan is None:
        raise Invalid(errors)
    number, signatory, why = (form.get(name, "") for name in ("letter_number", "signatory", "received_reason"))
    return NewPaper(number, letter_on, signatory, received_on, why, by_point, whole, scan)


def _day(form: Form, name: str, errors: dict[str, str]) -> date | None:
    said = one_line(form.get(name, ""))
    day = day_of(said)
    if said and day is None:
        errors[name] = "not_a_date"
    return day
