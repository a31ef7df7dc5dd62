"""Who may do what, and what takes two people."""

from bench.broken_lines.line import broken

RULES = "tests/policy/test_rules.py tests/policy/test_investor.py"
TWO = "tests/submissions/acts/test_acts.py"
ANSWERS = "tests/responses/answers/test_approval.py tests/responses/answers/test_publication.py"

LINES = (
    *broken(
        "consult/policy/__init__.py",
        RULES,
        ("action in STAGED and action not in ALLOWS[stage]:", "False:"),
        ("Stage.RESPONDING if stage is Stage.OPEN and matter.sealed_at is not None else stage", "stage"),
        ("if stage is Stage.DRAFTING and not _prepares(actor, matter):", "if False:"),
        ("elif action not in ALLOWS[stage := _stage(matter, now)]:", "elif False:"),
        ('if reason in {"not_found", "not_your_body"}:', 'if reason == "not_found":'),
        ("own = [seat for seat in actor.seats if seat.organisation_id in asked]", "own = list(actor.seats)"),
        ('return None if level is lead_level else "critique_other_level"', "return None"),
        ('return None if has_agreement else "critique_needs_agreement"', "return None"),
        ('    return "critique_not_yours"', "    return None"),
    ),
    *broken(
        "consult/policy/rules.py",
        RULES,
        (
            "PUBLISH_ANSWERS: _unless_investor(_answering(Role.PUBLISHER), ",
            "PUBLISH_ANSWERS: _unless_investor(_either(Role.PUBLISHER), ",
        ),
        (
            "PUBLISH_ANSWERS: _unless_investor(_answering(Role.PUBLISHER), Role.PUBLISHER)",
            "PUBLISH_ANSWERS: _answering(Role.PUBLISHER)",
        ),
        ("APPROVE_ANSWER: _answering(Role.LEADER)", "APPROVE_ANSWER: _either(Role.LEADER)"),
        ("_answering(Role.LEADER)", "_answering(Role.OFFICER, Role.LEADER)"),
        ("DRAFT_ANSWER: _answering(Role.OFFICER", "DRAFT_ANSWER: _either(Role.OFFICER"),
        ("PUBLISH_MATTER: _posting(Role.PUBLISHER)", "PUBLISH_MATTER: _posting(Role.OFFICER, Role.PUBLISHER)"),
        ("REVISE_MATTER: _posting(Role.OFFICER", "REVISE_MATTER: _either(Role.OFFICER"),
        ("holds(*roles, organisation=matter.answering_id)", "holds(*roles)"),
        ("asked = posting if matter is not None and investor_answers(matter) else otherwise", "asked = otherwise"),
        ('return "not_your_body" if of_both else may(actor, matter)', "return may(actor, matter)"),
        ("TRIAGE: _judging(", "TRIAGE: _either("),
        ("SEE_SENDERS: _judging(", "SEE_SENDERS: _either("),
        ("CONCLUDE: _judging(", "CONCLUDE: _either("),
        ("return None if actor.holds(*roles) else", "return None if True else"),
        ("SEND_OPINION: _role(Role.SENDER)", "SEND_OPINION: _role(*ORGANISATION_ROLES)"),
        ("SEND_CRITIQUE: _role(Role.SENDER)", "SEND_CRITIQUE: _role(*ORGANISATION_ROLES)"),
        ("ADMINISTER: _role(Role.ADMINISTRATOR)", "ADMINISTER: _role(Role.ADMINISTRATOR, Role.PUBLISHER)"),
        ("RECORD_PAPER: _judging(Role.OFFICER)", "RECORD_PAPER: _judging(Role.OFFICER, Role.LEADER)"),
    ),
    *broken(
        "consult/policy/actors.py",
        RULES,
        ("seat.role in roles and (", "("),
        ("not investor_answers(matter) or seat.organisation_kind is not INVESTOR", "True"),
        ("if investor_answers(matter) and matter.lead_id == matter.answering_id:", "if False:"),
        ("== posting_body(matter) and seat.role in roles]", "== posting_body(matter)]"),
    ),
    *broken(
        "consult/policy/actions.py",
        RULES,
        ("{Action.CONCLUDE, Action.SUBMIT_MATTER, ", "{Action.CONCLUDE, Action.SEND_COMMENT, Action.SUBMIT_MATTER, "),
        ("_CRITIQUE | {Action.SEND_COMMENT, ", "_CRITIQUE | {Action.SEND_COMMENT, Action.CONCLUDE, "),
        (
            "_APPRAISAL | {Action.READ_MATTER, Action.SEE_COMMENTS, Action.SEE_SENDERS, Action.CARE_FOR_DATA}",
            "_APPRAISAL | {Action.READ_MATTER, Action.SEE_COMMENTS, Action.SEE_SENDERS, Action.SEND_COMMENT}",
        ),
    ),
    *broken(
        "consult/web/guard.py",
        "tests/web/test_guard.py",
        ('if not hasattr(current_app.view_functions[request.endpoint], "access"):', "if False:"),
        ('            if kind == "signed_in":', "            if False:"),
        ("        csrf.protect()", "        pass"),
        ("            if action is not None:", "            if False:"),
    ),
    *broken(
        "consult/sign_in/service.py",
        "tests/sign_in/test_signing_in.py tests/sign_in/test_second_factor.py tests/sign_in/test_at_once.py",
        ("spelling is None or user is None or user.disabled_at is not None:", "spelling is None or user is None:"),
        ("return actor if has_second_factor or not required else", "return actor if True else"),
        ("if user.password_hash != proven:", "if False:"),
    ),
    # Two pairs of eyes.
    *broken(
        "consult/submissions/acts/decisions.py",
        TWO,
        ("if one.version.at > act.at:", "if False:"),
        ("if act.by_id == actor.user_id:", "if False:"),
        ("if act.effective_at is not None or act.refused_at is not None:", "if act.effective_at is not None:"),
        ("        act_rules.refuse_unless(act_rules.BY_TWO, act.kind, [one], consultation)", "        pass"),
        ("        if one.open_proposal is not None:", "        if False:"),
    ),
    *broken(
        "consult/submissions/comments/act_rules.py",
        TWO,
        ('            ("not_releasable", _seen_as(*visible.UNSEEN)),\n', ""),
        ('            ("not_releasable_by_one", _not_kept_back),\n', ""),
        ("return not (told_with_answers(matter.disclosure) and one.outcome is Outcome.AWAITING)", "return True"),
        ("return one.visibility is not Visibility.WITHHELD or is_ahead_of_log(one.deciding_act)", "return True"),
        ('("is_public", _seen_as(*visible.UNSEEN, Visibility.WITHHELD))', '("is_public", _seen_as(*Visibility))'),
        ("    return one.outcome is Outcome.AWAITING", "    return True"),
    ),
    *broken(
        "consult/submissions/comments/act_rules.py",
        "tests/submissions/acts/test_of_a_critique.py",
        ("    return one.kind is not SubmissionKind.CRITIQUE", "    return True"),
    ),
    *broken(
        "consult/submissions/comments/act_rules.py",
        "tests/submissions/acts/test_splitting.py",
        ('            ("already_proposed", _nothing_waits),\n', ""),
        ('            ("sender_left", _sender_stands_by),\n', ""),
    ),
    *broken(
        "consult/submissions/comments/following.py",
        "tests/submissions/acts/test_splitting.py tests/submissions/comments/test_kept_back.py",
        ("if decided is not None and visible.is_quarantined(one.visibility):", "if False:"),
        ("elif decided is not None and visible.is_kept_back(one.visibility):", "elif False:"),
        ("elif again is not None:", "elif False:"),
        ("heard=not one.unheard, kept_back=bool(before)", "heard=not one.unheard"),
        ("other.outcome not in act_rules.GONE and not visible.is_kept_back(other.visibility)", "False"),
    ),
    *broken(
        "consult/submissions/disclosure.py",
        "tests/submissions/comments/test_visible.py tests/submissions/acts/test_splitting.py",
        ("if not heard or kept_back or before is not", "if kept_back or before is not"),
        ("Event.AMENDED: Visibility.PUBLIC, Event.SPLIT: Visibility.PUBLIC}", "Event.AMENDED: Visibility.PUBLIC}"),
        ("return event is not Event.ANSWERED", "return True"),
    ),
    *broken(
        "consult/submissions/voices/transcription.py",
        "tests/submissions/comments/test_transcripts.py",
        ("if row.written_by_id == actor.user_id:", "if False:"),
    ),
    *broken(
        "consult/responses/answers/approval.py",
        ANSWERS,
        ("lambda answer: actor.user_id not in answer.writers", "lambda answer: True"),
        ("lambda answer: answer.latest.hash == seen[answer.response.id]", "lambda answer: True"),
    ),
    *broken(
        "consult/responses/answers/answer_state.py",
        ANSWERS,
        ("if one.version_hash == self.latest.hash]", "]"),
        ("return {version.written_by_id for version in self.versions}", "return {self.latest.written_by_id}"),
    ),
    *broken(
        "consult/responses/answers/publication.py",
        ANSWERS,
        ("lambda answer: answer.state is AnswerState.APPROVED", "lambda answer: True"),
        (
            "lambda answer: shown.get(answer.response.id, answer.latest.hash) == answer.latest.hash",
            "lambda answer: True",
        ),
    ),
    *broken(
        "consult/administration/accounts/roles.py",
        "tests/administration/accounts/test_roles.py tests/administration/accounts/test_role_proposals.py",
        ("if user_id == actor.user_id:", "if False:"),
        ("if role in NEED_SECOND and actor.user_id is not None:", "if False:"),
    ),
)
