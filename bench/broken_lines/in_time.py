"""What is in time, by the law's own days."""

from bench.broken_lines.line import broken

MOMENTS = "tests/submissions/receiving/test_moments.py"
CALENDAR = "tests/consultations/matter/test_calendar.py tests/consultations/matter/test_rules.py"
PUBLISHING = "tests/consultations/preparation/test_publication.py"

LINES = (
    *broken(
        "consult/stages.py",
        "tests/consultations/matter/test_stages.py",
        ("now < facts.closes_at:", "now <= facts.closes_at:"),
        ("if now < facts.opens_at:", "if now <= facts.opens_at:"),
        ("facts.withdrawn_at <= now:", "facts.withdrawn_at < now:"),
        ("facts.concluded_at <= now:", "facts.concluded_at < now:"),
        ("facts.published_at is None or facts.opens_at is None:", "facts.opens_at is None:"),
    ),
    *broken(
        "consult/submissions/receiving/in_time.py",
        f"{MOMENTS} tests/responses/answers/test_sealing.py",
        ("end is None or moment < end for", "end is None or moment <= end for"),
        ("end is not None and moment >= end for", "end is not None and moment > end for"),
        ("clock.local_day(moment) > handed_on:", "clock.local_day(moment) >= handed_on:"),
        ("(on_paper or consultation.sealed_at is None)", "True"),
        ("(on_paper or consultation.sealed_at is None)", "consultation.sealed_at is None"),
        ("clock.start_of_day(day + timedelta(days=1)) for", "clock.start_of_day(day) for"),
        ("or not _asked_until(executor, consultation, organisation_id, moment):", "or False:"),
        ("    if stage in _REASONS:", "    if stage is Stage.WITHDRAWN:"),
        ("consultation.id, Invitation.organisation_id.in_(bodies)", "consultation.id"),
        ("agreed = bool(critique.agreement_number and critique.agreement_on)", "agreed = True"),
    ),
    *broken(
        "consult/consultations/matter/calendar.py",
        CALENDAR,
        ("    if day in holidays.worked:", "    if False:"),
        ("and day not in holidays.off", ""),
        ("SATURDAY = 5", "SATURDAY = 6"),
        ("next_working_day(end, holidays) if roll is Roll.NEXT_WORKING_DAY else end", "end"),
        ("start + timedelta(days=days) if unit", "start + timedelta(days=days - 1) if unit"),
        ("clock.start_of_day(day + timedelta(days=1))", "clock.start_of_day(day)"),
        ("return day - timedelta(days=days)", "return day - timedelta(days=days - 1)"),
        ("day = next_working_day(day + timedelta(days=1), holidays)", "day = day + timedelta(days=1)"),
    ),
    *broken(
        "consult/consultations/matter/periods.py",
        f"{CALENDAR} {PUBLISHING}",
        ("None if self.audience is Audience.CRITIQUE else calendar", "calendar"),
        ("last_day >= period.last_day:", "last_day >= period.nominal_day:"),
        ('or rule["audience"] != Audience.CRITIQUE', "or True"),
        ("    if period.basis != BY_LAW:", "    if True:"),
        ("    return None if allowed and reason.strip() else", "    return None if allowed else"),
        ("last_day >= period.shorter_day", "True"),
    ),
    *broken(
        "consult/consultations/matter/calendar.py",
        "tests/consultations/matter/test_terms.py",
        ("        days -= working_day(day, holidays)", "        days -= 1"),
    ),
    *broken(
        "consult/consultations/matter/publish_terms.py",
        "tests/consultations/matter/test_terms.py",
        ("self.due_after(day) >= on and", "self.due_after(day) > on and"),
    ),
    *broken(
        "consult/consultations/matter/outages.py",
        "tests/consultations/matter/test_outages.py",
        ("if ends > begins:", "if True:"),
        ("not count or minutes < rule.minutes", "not count or minutes <= rule.minutes"),
        ("max(one.starts_at, until), min(one.ends_at, end)", "one.starts_at, min(one.ends_at, end)"),
        (", Outage.taken_back_at.is_(None))", ")"),
        ("max(calendar.last_day_of(end), clock.local_day(now))", "calendar.last_day_of(end)"),
        ("if str(out.id) not in used.get(period.id, ())", "if True"),
    ),
    *broken(
        "consult/administration/reference/profile_proposals.py",
        "tests/administration/reference/test_profile_proposals.py",
        ("(own or actor.user_id is None)", "False"),
        ("    base.valid_to = row.valid_from", "    pass"),
    ),
    *broken(
        "consult/administration/reference/profile_values.py",
        "tests/administration/reference/test_profile_proposals.py",
        ('int(given["days"]) < before["days"]', "False"),
    ),
    *broken(
        "consult/consultations/matter/deadlines.py", CALENDAR, ("sent_on > days_before(", "sent_on >= days_before(")
    ),
    *broken("consult/clock.py", CALENDAR, ('ZoneInfo("Asia/Ho_Chi_Minh")', 'ZoneInfo("UTC")')),
    *broken(
        "consult/consultations/preparation/publication.py",
        f"{PUBLISHING} tests/responses/answers/test_sealing.py",
        ("    if closes_at <= period.closes_at:", "    if closes_at < period.closes_at:"),
        ("        consultation.sealed_at = None", "        pass"),
        ("sealed_from = period.closes_at + clock.STILL_ON_THE_WAY", "sealed_from = period.closes_at"),
        ("        if day > clock.local_day(now):", "        if False:"),
        ("period.opens_at = max(period.opens_at, now)", "pass"),
        ("        if errors:\n            raise Invalid(errors)\n        if shown", "        if shown"),
    ),
    *broken(
        "consult/responses/answers/blockers.py",
        "tests/responses/answers/test_conclusion.py tests/responses/answers/test_sealing.py",
        ("CommentAct.effective_at.is_(None), CommentAct.refused_at.is_(None)", "CommentAct.effective_at.is_(None),"),
        ("awaiting=numbers(outcome_is(Outcome.AWAITING))", "awaiting=()"),
        ("unheard=numbers(*_never_heard(consultation_id), to_be_heard)", "unheard=()"),
        (
            "in_transcription=numbers(Comment.id.in_(_in_transcription(consultation_id)), to_be_heard)",
            "in_transcription=()",
        ),
        ("unpublished=tuple(sorted(session.scalars(_unpublished(consultation_id))))", "unpublished=()"),
    ),
    *broken(
        "consult/responses/answers/conclusion.py",
        "tests/responses/answers/test_conclusion.py tests/responses/answers/test_sealing.py",
        ("        if not _nothing_comes(consultation, now):", "        if False:"),
        ("consultation.closes_at + clock.STILL_ON_THE_WAY <= now", "consultation.closes_at <= now"),
        ("        if shown is not None and shown != version(*both):", "        if False:"),
    ),
    *broken(
        "consult/consultations/matter/answer_terms.py",
        "tests/responses/answers/test_due_state.py tests/responses/answers/test_answer_extension.py",
        ("if one.on <= end < after:", "if end < after:"),
        ("else max(received, self.last_public_day)", "else self.last_public_day"),
        ("return received\n", "return self.last_public_day\n"),
        ("while self.end(start) >= on and", "while self.end(start) > on and"),
    ),
    *broken(
        "consult/web/arrival/arrived_at.py",
        "tests/web/test_arriving.py",
        (
            'started = _seconds(environ.get(STARTED, "")) if proxies else None',
            'started = _seconds(environ.get(STARTED, ""))',
        ),
        ('told.append(started - (_seconds(environ.get(TOOK, "")) or 0))', "told.append(started)"),
        ("min(timedelta(seconds=present - min(told)), LONGEST_WAY)", "timedelta(seconds=present - min(told))"),
        ("told = [present, environ.get(REACHED, present)]", "told = [environ.get(REACHED, present)]"),
    ),
    *broken(
        "consult/web/arrival/arrived_at.py",
        "tests/web/test_arriving.py tests/spine/test_second_try.py",
        ("return max(moment, now - LONGEST_WAY)", "return moment"),
    ),
    *broken("consult/web/context.py", "tests/web/test_tickets.py", ("min(arrived_at(), moment)", "moment")),
)
