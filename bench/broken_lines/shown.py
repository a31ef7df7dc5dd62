"""What is public of a comment, and how it is counted."""

from bench.broken_lines.line import broken

ACTS = "tests/submissions/comments/test_outcome.py tests/submissions/acts/test_acts.py"
LISTING = "tests/submissions/comments/test_listing.py"
PAGES = "tests/reading/comments/test_pages.py"
STATUS = "tests/tracking/test_what_the_code_shows.py"

LINES = (
    *broken(
        "consult/submissions/comments/public_view.py",
        LISTING,
        ("named = readable and not nameless and not left", "named = not nameless and not left"),
        ("named = readable and not nameless and", "named = readable and"),
        ("(_words(row, act) if readable and act else _NO_WORDS)", "(_words(row, act) if act else _NO_WORDS)"),
        ("    if act.kind is CommentActKind.REDACTED:", "    if False:"),
        ("in {CommentActKind.WITHHELD, CommentActKind.REDACTED} else", "is not None else"),
    ),
    *broken(
        "consult/submissions/comments/public_view.py",
        "tests/submissions/joining/test_service.py",
        ("not nameless and not left", "not nameless"),
    ),
    *broken(
        "consult/submissions/comments/visible.py",
        STATUS,
        ("Visibility.IN_CHECK if visibility == Visibility.QUARANTINED else", ""),
        ("return Outcome.AWAITING if outcome == Outcome.PASSED_ON else Outcome(outcome)", "return Outcome(outcome)"),
    ),
    *broken(
        "consult/submissions/comments/visible.py",
        "tests/responses/desk/test_set_apart.py",
        ("return visibility == Visibility.QUARANTINED or outcome == Outcome.PASSED_ON", "return False"),
        ("visibility == Visibility.QUARANTINED or outcome", "outcome"),
        ("or_(quarantined_expression(), outcome_is(Outcome.PASSED_ON))", "outcome_is(Outcome.PASSED_ON)"),
    ),
    *broken(
        "consult/submissions/comments/outcome.py",
        "tests/exports/test_table.py -k confirmed",
        ("act.effective_at is not None and act.kind in VALIDITY", "act.kind in VALIDITY"),
    ),
    *broken(
        "consult/submissions/comments/visible.py",
        "tests/submissions/comments/test_visible.py",
        ("CommentActKind.PASSED_ON, CommentAct.effective_at.is_not(None))", "CommentActKind.PASSED_ON,)"),
    ),
    *broken(
        "consult/responses/desk/listing/list_rows.py",
        "tests/responses/desk/test_set_apart.py tests/responses/desk/test_closed_lines.py",
        ("one if set_apart or not is_set_apart(one.outcome, one.visibility) else closed(one)", "one"),
    ),
    *broken(
        "consult/responses/desk/listing/list_rows.py",
        "tests/responses/desk/test_investor.py",
        ("if investor_answers(consultation) and not senders:", "if False:"),
    ),
    *broken(
        "consult/responses/desk/listing/word_search.py",
        "tests/responses/desk/test_investor.py tests/responses/desk/test_word_search.py",
        ("wanted(words), investor_answers(consultation) and not handler.senders", "wanted(words), False"),
        ("key=lambda one: -scores[one])", "key=lambda one: 0)"),
        ("unread | _set_apart(session, consultation)))", "unread))"),
    ),
    *broken(
        "consult/responses/desk/proposals.py",
        "tests/responses/desk/test_set_apart.py",
        ("    if line.closed:", "    if False:"),
    ),
    *broken(
        "consult/submissions/comments/listing.py",
        LISTING,
        (".where(CommentVersion.version == latest)", ""),
        (", visibility_is(Visibility.PUBLIC)]", "]"),
    ),
    *broken(
        "consult/reading/comments/rows.py",
        "tests/reading/comments/test_many.py tests/reading/comments/test_pages.py -k 'may_be_read or no_name_stands'",
        ("told = not row.for_senders_alone", "told = True"),
        ("as_public(row, acts, row.nameless)", "as_public(row, acts, False)"),
    ),
    *broken(
        "consult/reading/comments/detail.py",
        PAGES,
        ("row.Submission.letter_number if named else", "row.Submission.letter_number if True else"),
        ("if comment.organisation and row.Critique else None", "if row.Critique else None"),
    ),
    *broken(
        "consult/reading/comments/filters.py",
        PAGES,
        ("if not anchor.path:", "if True:"),
    ),
    *broken(
        "consult/consultations/revisions/draft_paths.py",
        f"{PAGES} tests/submissions/comments/test_listing.py tests/consultations/revisions/test_draft_paths.py",
        ('f"{path}.", autoescape', 'f"{path}", autoescape'),
        (
            "Provision.consultation_id == consultation_id, own, below(path)",
            "Provision.consultation_id == consultation_id, below(path)",
        ),
    ),
    *broken(
        "consult/reading/comments/position_bits.py",
        "tests/reading/comments/test_many.py -k 'by_its_topic'",
        ("Comment.topic.is_not(None), visible.readable_expression())", "Comment.topic.is_not(None))"),
    ),
    *broken(
        "consult/reading/comments/positions.py",
        "tests/reading/comments/test_many.py -k 'by_its_answer'",
        (
            "ended.get(CommentWay.ANSWERED, 0) & self._found(position_bits.disposed)",
            "self._found(position_bits.disposed)",
        ),
    ),
    *broken(
        "consult/reading/comments/positions.py",
        "tests/reading/comments/test_kept_positions.py",
        ("    position_bits.ended: ending_acts,", "    position_bits.ended: lambda *_of: 0,"),
        ("    position_bits.assigned: _assignments,", "    position_bits.assigned: lambda *_of: 0,"),
        ("    position_bits.disposed: public_answers,", "    position_bits.disposed: lambda *_of: 0,"),
    ),
    *broken(
        "consult/responses/answers/published.py",
        "tests/responses/answers/test_progress.py tests/exports/test_table.py",
        ("told = to_sender or not for_senders_alone(", "told = True or not for_senders_alone("),
        ("change=version.change if told else None", "change=version.change"),
    ),
    *broken(
        "consult/tracking/service.py",
        STATUS,
        ("answer=self.answer if readable else None", "answer=self.answer"),
        ("outcome=visible.outside_outcome(self.outcome)", "outcome=self.outcome"),
        ("visibility=visible.outside_visibility(self.visibility)", "visibility=self.visibility"),
        ("            versions=(),", "            versions=self.versions,"),
    ),
    *broken(
        "consult/submissions/sender/own_submission.py",
        STATUS,
        ("if found is None or found.submission_id != submission.id:", "if found is None:"),
        ("submission.consultation_id, Comment.submission_id == submission.id)", "submission.consultation_id)"),
    ),
    *broken(
        "consult/responses/desk/comment_case.py",
        "tests/responses/desk/test_set_apart.py",
        ("if not set_apart and session.scalar(_set_apart(consultation.id, found.submission_id)):", "if False:"),
        ("comment is None or not set_apart and session.scalar(", "comment is None or False and session.scalar("),
        ("found is None or found.submission_id is None:", "found is None:"),
    ),
    *broken(
        "consult/search/opinions.py",
        "tests/search/test_following.py tests/search/test_finding.py",
        ("if one.visibility in READABLE and one.id in stamps:", "if one.id in stamps:"),
        ("title=one.organisation,", "title=one.organisation or one.sender,"),
    ),
    *broken(
        "consult/search/texts.py",
        "tests/search/test_following.py tests/search/test_finding.py",
        (", Revision.published_at.is_not(None))", ")"),
    ),
    *broken(
        "consult/exports/rows/reader.py",
        "tests/exports/test_table.py",
        ("for one in comments.values() if one.organisation or one.sender]", "for one in comments.values()]"),
    ),
    *broken(
        "consult/exports/plain/table_csv.py",
        "tests/exports/test_files.py",
        ('return value.lstrip(" ").startswith(_FORMULA)', "return False"),
    ),
    *broken(
        "consult/api/comments.py",
        "tests/api/test_reading.py",
        ("if one.visibility is Visibility.WITHHELD else None,", "or None,"),
        ('"outcome": visible.outcome_code(outcome),', '"outcome": outcome.value,'),
        ('"text": one.written,', '"text": one.text,'),
    ),
)
