"""What is taken once, with which codes, and with whom it shares its transaction."""

from bench.broken_lines.line import broken

RECEIVING = "tests/submissions/receiving/test_service.py"
ONCE = "tests/submissions/receiving/test_twice.py tests/submissions/receiving/test_same_key.py"
CODES = "tests/submissions/receiving/test_lookup_codes.py"
TURNS = "tests/spine/test_group_commit.py tests/spine/test_waiting_writers.py"

LINES = (
    *broken(
        "consult/web/tickets.py",
        "tests/web/test_tickets.py",
        ("if named != scope:", "if False:"),
        ("if not timedelta() <= age <= timedelta(", "if not timedelta() <= timedelta("),
        ("if not timedelta() <= age", "if not age"),
        ('hours=current_app.config["TICKET_HOURS"]', 'days=current_app.config["TICKET_HOURS"]'),
    ),
    *broken(
        "consult/web/tickets.py",
        "tests/submissions/form/test_pages.py",
        ('origin.partition("://")[2] != request.host:', 'origin.partition("://")[2] == "":'),
    ),
    *broken(
        "consult/web/arrival/resubmission.py",
        "tests/spine/test_second_try.py",
        ("if held == _held():", "if held:"),
    ),
    *broken(
        "consult/submissions/receiving/anchor_resolution.py",
        RECEIVING,
        ('bindparam("consultation"), Revision.published_at.is_not(None))', 'bindparam("consultation"))'),
        ("if quote and not self._says(revision_id, anchor.path, quote):", "if False:"),
        ("if quote and quote not in one_line(page.text):", "if False:"),
        ("max(left + wide, top + high) > 1000:", "False:"),
    ),
    *broken(
        "consult/submissions/receiving/lookup_codes.py",
        CODES,
        ('_keyed(key, "second code hash", code, secret)', '_keyed(key, "second code hash", secret)'),
        ("int(code) % 97 == 1", "int(code) % 97 >= 0"),
        ('length, "code", str(consultation_id), idempotency_key)', 'length, "code", idempotency_key)'),
        (
            'SECRET_DIGITS, "second code", str(consultation_id), idempotency_key)',
            'SECRET_DIGITS, "code", str(consultation_id), idempotency_key)',
        ),
        (
            "_secret_hash(key, code, secret)) for key in codes.keys])",
            "_secret_hash(key, code, secret)) for key in codes.keys[:1]])",
        ),
        ("RANDOM_DIGITS = 10", "RANDOM_DIGITS = 4"),
        ("return hashlib.sha256(idempotency_key.encode()).hexdigest()", "return idempotency_key"),
    ),
    *broken(
        "consult/tracking/lookup.py",
        "tests/submissions/sender/test_amendment.py",
        ("    if not lookup_codes.is_secret_of(", "    if False and not lookup_codes.is_secret_of("),
    ),
    # The same key again.
    *broken(
        "consult/submissions/receiving/admission.py",
        f"{RECEIVING} {ONCE}",
        ("    if not lookup_codes.same(body_hash, content):", "    if False:"),
        ("    if lookup_codes.same(first.content, one.content) and ", "    if "),
        ("            if _first_of_key(one, admitted) is None:", "            if True:"),
        ("replace(first.receipt, repeated=True)", "first.receipt"),
        ("        one.receipt = one.refused = None", "        pass"),
    ),
    *broken(
        "consult/submissions/receiving/service.py",
        f"{RECEIVING} {ONCE}",
        (
            '"idempotency_key", "language", "recorded_by_id")',
            '"idempotency_key", "language", "recorded_by_id", "attachments")',
        ),
        ('("arrived_at", "idempotency_key",', '("idempotency_key",'),
        ("        if before is None:\n            raise\n", "        raise\n"),
        ('normal("NFC", written)', "written"),
    ),
    *broken(
        "consult/submissions/joining/service.py",
        "tests/submissions/joining/test_service.py",
        ("    if joined_comment != comment:", "    if False:"),
        ("    if one.visibility not in READABLE:", "    if False:"),
        ("    if one.outcome not in _OPEN:", "    if False:"),
        ('    row.contact_kind, row.contact = ContactKind.NONE, ""', "    pass"),
        ("if one.author_left and one.outcome in _OPEN and not", "if one.author_left and not"),
    ),
    *broken(
        "consult/submissions/closed_again/lost.py",
        "tests/submissions/closed_again/test_closed_again.py tests/submissions/closed_again/test_lost.py",
        ('found[one.id, "text" if one.kind in OF_TEXT else one.kind] = one', "found[one.id, one.kind] = one"),
        ("    return [one for one in lines if one.act not in known]", "    return list(lines)"),
        ("        return visible.is_in_check(one.visibility)", "        return False"),
        ("    return one.visibility is not Visibility.WITHHELD", "    return False"),
    ),
    *broken(
        "consult/submissions/closed_again/service.py",
        "tests/submissions/closed_again/test_closed_again.py tests/submissions/closed_again/test_lost.py",
        ("    if len(by) != BOTH or not lost.lacks(one, line):", "    if not lost.lacks(one, line):"),
        ("        listed.note(noting.lines_of(", "        noting.lines_of(("),
    ),
    *broken(
        "consult/wiring/closings.py",
        "tests/submissions/closed_again/test_closed_again.py tests/submissions/closed_again/test_lost.py",
        ("    if done.shown and (announced is None or not announced.closed):", "    if False:"),
        ("    elif not done.shown and announced is not None and announced.restored:", "    elif False:"),
    ),
    *broken(
        "consult/submissions/sender/amendment.py",
        "tests/submissions/sender/test_amendment.py tests/submissions/joining/test_service.py",
        ("if any(one.comment.submission_id != submission_id for one in found):", "if False:"),
        ("    in_time.check_in_time(", "    (lambda *_: None)("),
        ("shared = one.author_left or bool(", "shared = one.author_left and bool("),
        ("if one.version.version >= MOST_VERSIONS:", "if False:"),
    ),
    # What several share.
    *broken(
        "consult/group_commit.py",
        TURNS,
        ("self._settle(batch, alone=True)", "self._settle(batch)"),
        ("or not isinstance(error, Exception):", "or True:"),
        ("if len(batch) <= 1 or not isinstance(error, Exception):", "if len(batch) <= 1:"),
        ("            self._take_back(mine)\n            if len", "            if len"),
        ("(mine.alone or not self._commit_batch(mine))", "not self._commit_batch(mine)"),
        ("            if not mine.committed:\n                raise\n", "            raise\n"),
    ),
)
