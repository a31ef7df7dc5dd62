"""Whether what is done beside and after the act gets done: files are opened, mail goes, what has ended is sealed."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, State, attention, broken, well
from consult.files import virus_scanner
from consult.outbox import condition
from consult.outbox.condition import LOOK_BACK
from consult.sandbox import self_test

MAIL, MESSAGE = "mail_requested", "message_requested"
MANY = 3
"""So many mails refused, and none taken, are no slips of those who typed their addresses."""
PATIENCE_MINUTES = 15
"""So long may something wait for its turn before it is said: a mail server that is away for a moment is no trouble."""


def worker(session: Session, now: datetime) -> Finding:
    """Whether a worker lives."""
    if condition.alive(session, now):
        return well("worker")
    seen = condition.last_seen(session)
    if seen is None:
        return broken("worker", "none")
    return broken("worker", "silent", minutes=max(1, round(abs(now - seen).total_seconds() / 60)))


def events(session: Session, now: datetime) -> Finding:
    """Whether something has been waiting for long."""
    count = condition.waiting_longer(session, now, PATIENCE_MINUTES)
    return attention("events", "late", count=count, minutes=PATIENCE_MINUTES) if count else well("events")


def mail(session: Session, now: datetime) -> Finding:
    """Mails that wait for a repair of the site, and those that will not be tried again. That a mailbox is not there is
    the sender's slip and nothing to see to, unless the server takes no mail at all."""
    faults, error = condition.own_faults(session, MAIL)
    if faults:
        return attention("mail", "own_fault", count=faults, error=error)
    given_up = [one for one in condition.given_up(session, now - LOOK_BACK) if one.event == MAIL]
    refused = sum(one.count for one in given_up if one.hopeless)
    for one in given_up:
        if not one.hopeless:
            return attention("mail", "given_up", count=one.count, error=one.last_error, days=LOOK_BACK.days)
    if refused >= MANY and not condition.any_done(session, MAIL, now - LOOK_BACK):
        return attention("mail", "all_refused", count=refused, error=given_up[0].last_error, days=LOOK_BACK.days)
    return (
        Finding("mail", State.WELL, "refused", {"count": refused, "days": LOOK_BACK.days}) if refused else well("mail")
    )


def messages(session: Session, now: datetime) -> Finding:
    """Short messages to telephones that will not be tried again for a fault of ours or the provider's. That a number
    takes none is no fault: somebody calls it."""
    given_up = [one for one in condition.given_up(session, now - LOOK_BACK) if one.event == MESSAGE]
    for one in given_up:
        if not one.hopeless:
            return attention("messages", "given_up", count=one.count, error=one.last_error, days=LOOK_BACK.days)
    refused = sum(one.count for one in given_up)
    told = {"count": refused, "days": LOOK_BACK.days}
    return Finding("messages", State.WELL, "refused", told) if refused else well("messages")


def jobs(session: Session, now: datetime) -> Finding:
    """Whatever else was given up, or waits for a repair of the site."""
    given_up = [one for one in condition.given_up(session, now - LOOK_BACK) if one.event not in {MAIL, MESSAGE}]
    if not given_up:
        faults, error = condition.own_faults(session, MAIL, others=True)
        return attention("jobs", "own_fault", count=faults, error=error) if faults else well("jobs")
    names = ", ".join(f"{one.event} ({one.last_error})" for one in given_up)
    return broken("jobs", "given_up", count=sum(one.count for one in given_up), names=names, days=LOOK_BACK.days)


def sandbox() -> Finding:
    """Whether strangers' files are opened behind every wall; without one of them no file is opened at all."""
    missing = self_test.missing_walls()
    if missing:
        return broken("sandbox", "missing", names=", ".join(wall.name for wall in missing), detail=missing[0].detail)
    return well("sandbox") if self_test.walls() else attention("sandbox", "not_tried")


def scanner(command: str) -> Finding:
    """Whether the scanner for viruses answers, where the site names one."""
    if not command:
        return Finding("scanner", well("scanner").state, "none_named")
    return well("scanner") if virus_scanner.answers() else broken("scanner", "silent")
