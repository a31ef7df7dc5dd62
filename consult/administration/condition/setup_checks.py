"""What people have to set up and keep up: names and addresses of the site, administrators, next year's days off."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import roles
from consult.administration.condition.findings import Finding, State, attention, well
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import Holiday
from consult.web.templating import day

WANTED = ("SITE_NAME", "SITE_OWNER", "COMPLAINTS_ADDRESS", "SMTP_HOST", "MAIL_FROM", "OPERATOR_MAIL")
"""Settings that a site works without, and its people do not."""
FIRST_MONTH = 11
"""From November on next year's days off must be known: periods that end after Tết are computed then."""
FEWEST_ADMINISTRATORS = 2
"""One confirms what the other does to roles."""


def settings(given: Mapping[str, Any]) -> Finding:
    """Whether the site says whose it is, and can send mail."""
    missing = [name for name in WANTED if not given[name]]
    names = ", ".join(NAMES[name] for name in missing)
    return attention("settings", "missing", names=names) if missing else well("settings")


NAMES = {
    "SITE_NAME": "CONSULT_SITE_NAME",
    "SITE_OWNER": "CONSULT_OWNER_NAME",
    "COMPLAINTS_ADDRESS": "CONSULT_COMPLAINTS_ADDRESS",
    "SMTP_HOST": "CONSULT_SMTP_HOST",
    "MAIL_FROM": "CONSULT_SMTP_FROM",
    "OPERATOR_MAIL": "CONSULT_OPERATOR_MAIL",
}
"""What the operator calls them."""


def backup_key(recipient: str) -> Finding:
    """Whether backups are encrypted. A province may keep them in a safe as they are: that is said, and no fault."""
    return well("backup_key") if recipient else Finding("backup_key", State.WELL, "none_named")


def administrators(session: Session, now: datetime) -> Finding:
    """Whether there are two people who can administer the site, and one of them for good."""
    lasting = roles.administrators(session, now)
    count = len({held.user_id for held in lasting if held.in_force(now)})
    if not count:
        return attention("administrators", "none")
    ends = [held.until for held in lasting if held.until]
    if len(ends) == len(lasting):
        return attention("administrators", "ends", day=day(last_day_of(max(ends))))
    return attention("administrators", "one") if count < FEWEST_ADMINISTRATORS else well("administrators", count=count)


def holidays(session: Session, now: datetime) -> Finding:
    """Whether the days off of this year, and late in the year those of the next, are in the table."""
    today = clock.local_day(now)
    years = [today.year, *([today.year + 1] if today.month >= FIRST_MONTH else [])]
    missing = [year for year in years if not _known(session, year)]
    return attention("holidays", "missing", years=", ".join(map(str, missing))) if missing else well("holidays")


def _known(session: Session, year: int) -> bool:
    within = Holiday.day.between(date(year, 1, 1), date(year, 12, 31))
    return session.scalar(select(func.count()).select_from(Holiday).where(within)) != 0
