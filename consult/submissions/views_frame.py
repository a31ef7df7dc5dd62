"""What the views of every room make and find look-up codes with."""

from flask import current_app

from consult.submissions.inputs import Codes


def site_codes() -> Codes:
    """The site's keys for receipts."""
    held: Codes = current_app.extensions["consult.codes"]
    return held
