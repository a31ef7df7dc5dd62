"""Who may do what, and what takes two people."""

from bench.broken_lines.line import broken

RULES = "tests/policy/test_rules.py"
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
        ("if not any(seat.organisation_id in asked for seat in actor.seats):", "if not actor.seats:"),
        ('return None if level is lead_level else "critique_other_level"', "return None"),
        ('return None if has_agreement else "critique_needs_agreement"', "return None"),
        ('    return "critique_not_yours"', "    return None"),
    ),
    *broken(
        "consult/policy/rules.py",
        RULES,
        ('PUBLISH_ANSWERS: _of_body("answering_id", Role.PUBLISHER)', "PUBLISH_ANSWERS: _of_either(Role.PUBLISHER)"),
        ('APPROVE_ANSWER: _of_body("answering_id", Role.LEADER)', "APPROVE_ANSWER: _of_either(Role.LEADER)"),
        ('_of_body("answering_id", Role.LEADER)', '_of_body("answering_id", Role.OFFICER, Role.LEADER)'),
        (
            'DRAFT_ANSWER: _of_body("answering_id", Role.OFFICER, Role.LEADER)',
            "DRAFT_ANSWER: _of_either(Role.OFFICER, Role.LEADER)",
        ),
        (
            'PUBLISH_MATTER: _of_body("lead_id", Role.PUBLISHER)',
            'PUBLISH_MATTER: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER)',
        ),
        ('REVISE_MATTER: _of_body("lead_id", Role.OFFICER', "REVISE_MATTER: _of_either(Role.OFFICER"),
        ("holds(*roles, organisation=body)", "holds(*roles)"),
        ("return None if actor.holds(*roles) else", "return None if True else"),
        ("SEND_OPINION: _role(Role.SENDER)", "SEND_OPINION: _role(*ORGANISATION_ROLES)"),
        ("SEND_CRITIQUE: _role(Role.SENDER)", "SEND_CRITIQUE: _role(*ORGANISATION_ROLES)"),
        ("ADMINISTER: _role(Role.ADMINISTRATOR)", "ADMINISTER: _role(Role.ADMINISTRATOR, Role.PUBLISHER)"),
        ("RECORD_PAPER: _of_either(Role.OFFICER)", "RECORD_PAPER: _of_either(Role.OFFICER, Role.LEADER)"),
    ),
    *broken("consult/policy/actors.py", RULES, ("seat.role in roles and (", "(")),
    *broken(
        "consult/policy/actions.py",
        RULES,
        ("Action.CONCLUDE, Action.SUBMIT_MATTER}", "Action.CONCLUDE, Action.SUBMIT_MATTER, Action.SEND_COMMENT}"),
        ("_CRITIQUE | {Action.SEND_COMMENT}", "_CRITIQUE | {Action.SEND_COMMENT, Action.CONCLUDE}"),
        (
            "frozenset({Action.READ_MATTER, Action.SEE_COMMENTS})",
            "frozenset({Action.READ_MATTER, Action.SEE_COMMENTS, Action.SEND_COMMENT})",
        ),
    ),
    *broken(
        "consult/web/guard.py",
        "tests/web/test_guard.py",
        ('if not hasattr(current_app.view_functions[request.endpoint], "access"):', "if False:"),
        ('if sends and kind == "signed_in":', "if False:"),
        ("            if action is not None:", "            if False:"),
    ),
    *broken(
        "consult/sign_in/service.py",
        "tests/sign_in/test_signing_in.py tests/sign_in/test_second_factor.py tests/sign_in/test_at_once.py",
        ("return user if right and user is not None and user.disabled_at is None else", "return user if right else"),
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
        ("return one.visibility in UNSEEN and one.outcome not in GONE", "return one.outcome not in GONE"),
        ("return not told_with_answers(matter.disclosure)", "return True"),
        ("(set(Visibility) - {Visibility.WITHHELD})", "set(Visibility)"),
        ('("is_public", _seen_as(*UNSEEN, Visibility.WITHHELD))', '("is_public", _seen_as(*Visibility))'),
        ("    return one.outcome is Outcome.AWAITING", "    return True"),
    ),
    *broken(
        "consult/submissions/comments/act_rules.py",
        "tests/submissions/acts/test_splitting.py",
        ('            ("already_proposed", _nothing_waits),\n', ""),
        ('            ("sender_left", _sender_stands_by),\n', ""),
    ),
    *broken(
        "consult/submissions/acts/splitting.py",
        "tests/submissions/acts/test_splitting.py",
        ("CommentActKind.QUARANTINED if apart else CommentActKind.WITHHELD", "CommentActKind.QUARANTINED"),
        ("if decided is None or not visible.is_kept_back(one.visibility):", "if True:"),
        ("        confirmed_by_id=decided.confirmed_by_id,", "        confirmed_by_id=None,"),
    ),
    *broken(
        "consult/submissions/disclosure.py",
        "tests/submissions/comments/test_visible.py tests/submissions/acts/test_splitting.py",
        ("if not worded or before is not", "if before is not"),
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
        ("actor.user_id not in answer.writers for", "True for"),
        ("answer.latest.hash == seen[answer.response.id] for", "True for"),
        ("        stale_answers.check(session, consultation, found)", "        pass"),
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
        ("answer.state is AnswerState.APPROVED for", "True for"),
        ("        stale_answers.check(session, consultation, found)", "        pass"),
        ("shown.get(answer.response.id, answer.latest.hash) == answer.latest.hash for", "True for"),
    ),
    *broken(
        "consult/administration/accounts/roles.py",
        "tests/administration/accounts/test_roles.py tests/administration/accounts/test_role_proposals.py",
        ("if user_id == actor.user_id:", "if False:"),
        ("if role in NEED_SECOND and actor.user_id is not None:", "if False:"),
    ),
)
