"""The public sums, and what is not told since too few are in it."""

from bench.broken_lines.line import broken

STATE = "tests/submissions/comments/test_outcome.py tests/submissions/acts/test_acts.py"

LINES = (
    *broken(
        "consult/responses/answers/public_sums.py",
        "tests/responses/answers/test_public_sums.py",
        (
            ".where(~changed_since, CommentAct.comment_id.not_in(withdrawn))",
            ".where(CommentAct.comment_id.not_in(withdrawn))",
        ),
        (".where(~changed_since, CommentAct.comment_id.not_in(withdrawn))", ".where(~changed_since)"),
        ("union(_of_several(SHOWS), withdrawn, outdated)", "union(_of_several(SHOWS), withdrawn)"),
        ("union(_of_several(SHOWS), withdrawn, outdated)", "union(_of_several(SHOWS), outdated)"),
        ("union(_of_several(SHOWS), withdrawn, outdated)", "union(withdrawn, outdated)"),
        (".having(func.count() > 1)", ".having(func.count() > 2)"),
        (".where(among).subquery(), -func.count()", ".where(among).subquery(), func.count()"),
        ("for reason, number in found.items() if number}", "for reason, number in found.items()}"),
        ("        CommentAct.effective_at.is_not(None),", ""),
        ("for place, kind in enumerate(ENDS)}", "for place, kind in enumerate(reversed(ENDS))}"),
        ("order_by=[*before, CommentAct.effective_at.desc()", "order_by=[*before, CommentAct.effective_at"),
        (".where(found.c.place == 1)", ""),
        ("(CommentActKind.INVALID, CommentActKind.WITHHELD)", "(CommentActKind.INVALID,)"),
        ("in_check = total - withdrawn - sum(whole.values())", "in_check = total - sum(whole.values())"),
    ),
    *broken(
        "consult/responses/statistics/answer_times.py",
        "tests/responses/statistics/test_answer_times.py tests/responses/statistics/test_counted_by_hand.py",
        ("due < answered_on else 0", "due <= answered_on else 0"),
        ("case((Comment.number.in_(waited), Comment.number)) if waited else null()", "null()"),
    ),
    *broken(
        "consult/responses/statistics/answer_times.py",
        "tests/responses/statistics/test_kept_figures.py",
        ("    if before.from_ != from_:", "    if not before.from_:"),
    ),
    *broken(
        "consult/responses/statistics/participation.py",
        "tests/responses/statistics/test_kept_figures.py",
        ("before is not None and before.answers == answers", "before is not None"),
    ),
    *broken(
        "consult/submissions/comments/standing.py",
        "tests/responses/statistics/test_kept_figures.py",
        ("return or_(Comment.id.not_in(contested), ~_ended_by(before))", "return Comment.id.not_in(contested)"),
    ),
    *broken(
        "consult/responses/statistics/stance_counts.py",
        "tests/responses/statistics/test_stances.py",
        ("case((of_sender > 1,", "case((of_sender > 2,"),
    ),
    *broken(
        "consult/responses/statistics/dispositions.py",
        "tests/responses/statistics/test_counted_by_hand.py",
        ("(ResponseTarget, ResponsePublication.at < moment)", "(ResponseTarget)"),
    ),
    *broken(
        "consult/responses/statistics/suppression.py",
        "tests/responses/statistics/test_suppression.py",
        ("LEAST = 5", "LEAST = 4"),
        ("if 0 < count < LEAST]", "if 0 < count <= LEAST]"),
        ("return above > 0 and len(few) + len(others) > 1 and", "return len(few) + len(others) > 1 and"),
        ("above > 0 and len(few) + len(others) > 1 and", "above > 0 and"),
        ("and (below > 0 or bool(others))", ""),
        ("key=lambda place: counts[place])", "key=lambda place: -counts[place])"),
    ),
    *broken(
        "consult/responses/statistics/participation.py",
        "tests/responses/statistics/test_participation.py tests/reading/comments/test_many.py",
        ("if people >= LEAST else AreaCounts(", "if people else AreaCounts("),
        ("Cell(None, few=True) if 0 < people < LEAST else Cell(people)", "Cell(people)"),
    ),
    # What became of a comment, in Python and in SQL.
    *broken(
        "consult/submissions/comments/outcome.py",
        STATE,
        ("counting = [act for act in acts if act.effective_at is not None]", "counting = list(acts)"),
        ("CommentAct.kind == kind, CommentAct.effective_at.is_not(None), *stands", "CommentAct.kind == kind, *stands"),
        ("and act.effective_at >= changed_at]", "]"),
        ("            CommentAct.effective_at >= changed_at_expression(),", ""),
    ),
    *broken(
        "consult/submissions/comments/standing.py",
        "tests/submissions/comments/test_outcome.py",
        ("[kind_among(kinds), ~_later(others).correlate(CommentAct)]", "[kind_among(kinds)]"),
        ("[kind_among(kinds), ~_later(others).correlate(CommentAct)]", "[~_later(others).correlate(CommentAct)]"),
        ("later.id > CommentAct.id", "later.id < CommentAct.id"),
        ("*own, ~changed.correlate(Comment, CommentAct)", "*own"),
        ("[and_(_shown_by(kinds), ~withdrawn)]", "[_shown_by(kinds)]"),
        ("asked += [withdrawn] if Visibility.WITHHELD in wanted else []", ""),
    ),
)
