"""The public acts of a survey, as the log of its programme writes them. No answer of anybody is in them."""

from datetime import date

from consult.ledger.entries import Act


def survey_opened(number: int, year: int, first: date, last: date, hash_of_questions: str) -> Act:
    """Its questions and the plan of its sample are public, and answers are taken from the first to the last day."""
    fields = {"survey": number, "year": year, "starts": first.isoformat(), "ends": last.isoformat()}
    return Act("survey_opened", {**fields, "hash": hash_of_questions})


def survey_published(number: int, answers: int, hash_of_results: str, hash_of_table: str) -> Act:
    """Its results are public, with the table of so many drawn answers from which they are reckoned."""
    fields = {"survey": number, "answers": answers, "hash": hash_of_results, "table": hash_of_table}
    return Act("survey_published", fields)
