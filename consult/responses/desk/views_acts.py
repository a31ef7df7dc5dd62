"""Acts on one comment: at once by one person, or proposed by one and confirmed by another."""

from functools import partial
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.desk import comment_case, forms, proposals, set_apart
from consult.responses.desk.in_sight.hinted import hinted
from consult.responses.desk.shown_comments import COMMENT, PROPOSAL
from consult.responses.desk.typing import typed_places
from consult.responses.views_frame import opened, page, status_of, term, to, today, told
from consult.submissions.acts import service as acts
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.visible import is_kept_back, is_set_apart
from consult.submissions.models import Comment, CommentAct
from consult.submissions.words import CommentActKind
from consult.text import stored
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access, may

blueprint = Blueprint("acts", __name__)
MOST_PARTS = 10


@blueprint.post("/xu-ly/<slug>/y-kien/<int:number>/tam-giu/")
@access(Action.TRIAGE, of=queries.by_slug, acts_on=COMMENT)
def quarantine(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Sets a comment apart that looks like a denunciation."""
    note = stored(request.form.get("note", ""))[:2_000]
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    acts.quarantine(session, consultation, number, note, actor, now)
    # Who sets it apart has it before their eyes.
    set_apart.open_text(session, consultation, number, actor, now)
    return to("comment", consultation, "done_quarantine", number=number)


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/de-xuat/")
@access(Action.TRIAGE, of=queries.by_slug)
def proposing(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The form for what takes two people; `?kind=` is what is proposed."""
    kind = request.args.get("kind", "")
    if kind not in proposals.choices():
        raise NotFound
    _check_possible(consultation, number, act_rules.BY_TWO, CommentActKind(kind))
    prepared = _prepared(consultation, number) if request.args.get("luoc") and kind == CommentActKind.REDACTED else {}
    return _proposing(consultation, number, {"kind": kind, **prepared})


@blueprint.post("/xu-ly/<slug>/y-kien/<int:number>/de-xuat/")
@access(Action.TRIAGE, of=queries.by_slug, acts_on=COMMENT)
def propose(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Proposes to withhold, redact, declare invalid or release again."""
    reason, details = forms.proposal(request.form)
    kind, now = forms.act_kind(request.form), context.arrived_at()
    try:
        acts.propose(context.session(), consultation, number, kind, reason, context.actor(), now, details)
    except (Invalid, Refused) as wrong:
        return _proposing(consultation, number, request.form.to_dict(), wrong)
    return to("comment", consultation, "done_propose", number=number)


@blueprint.get("/xu-ly/<slug>/de-xuat/")
@access(Action.SEE_SENDERS, of=queries.by_slug)
def waiting(consultation: Consultation) -> ResponseReturnValue:
    """Everything that waits for a second person."""
    return _waiting(consultation)


@blueprint.post("/xu-ly/<slug>/de-xuat/")
@access(Action.CONFIRM_ACT, of=queries.by_slug, acts_on=PROPOSAL)
def decide(consultation: Consultation) -> ResponseReturnValue:
    """Confirms or refuses one proposal: `confirm:<id>` or `refuse:<id>`."""
    word, _colon, key = request.form.get("act", "").partition(":")
    decided = {"confirm": acts.confirm, "refuse": acts.refuse}.get(word)
    if decided is None:
        raise NotFound
    try:
        if word == "confirm":
            _check_read(consultation, forms.key(key))
        decided(context.session(), consultation, forms.key(key), context.actor(), context.arrived_at())
    except Refused as refused:
        return _waiting(consultation, refused)
    return to("acts.waiting", consultation, f"done_{word}")


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/tach/")
@access(Action.TRIAGE, of=queries.by_slug)
def splitting(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The form that makes several comments of one."""
    _check_possible(consultation, number, act_rules.BY_ONE, CommentActKind.SPLIT)
    return _splitting(consultation, number, {})


@blueprint.post("/xu-ly/<slug>/y-kien/<int:number>/tach/")
@access(Action.TRIAGE, of=queries.by_slug, acts_on=COMMENT)
def split(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Splits a comment."""
    session = context.session()
    whole = comment_case.case_of(session, consultation, number, None, today(), True).comment
    known = typed_places.places(session, consultation, say)
    try:
        into = forms.parts(request.form, MOST_PARTS, typed_places.place_of(session, whole), known)
        acts.split(session, consultation, number, into, context.actor(), context.arrived_at())
    except Invalid as invalid:
        errors = forms.errors_of_parts(request.form, MOST_PARTS, invalid.errors)
        return _splitting(consultation, number, request.form.to_dict(), Invalid(errors))
    except Refused as refused:
        return _splitting(consultation, number, request.form.to_dict(), refused)
    return to("comment", consultation, "done_split", number=number)


def _check_possible(consultation: Consultation, number: int, rules: act_rules.Rules, kind: CommentActKind) -> None:
    """No form is shown for what would be refused whatever is typed into it."""
    one = comment_state.read(context.session(), consultation.id, [number])
    act_rules.refuse_unless(rules, kind, one, consultation)
    _check_opened(consultation, one[0])


def _check_read(consultation: Consultation, act_id: UUID) -> None:
    """Nobody confirms what they have not read."""
    session = context.session()
    act = session.get(CommentAct, (consultation.id, act_id))
    if act is not None:
        number = session.get_one(Comment, (consultation.id, act.comment_id)).number
        _check_opened(consultation, comment_state.read(session, consultation.id, [number])[0])


def _check_opened(consultation: Consultation, one: CommentState) -> None:
    """What is set apart is opened, which is recorded, before anything is typed about it."""
    if is_set_apart(one.outcome, one.visibility) and not opened(consultation, one.comment.number):
        raise Refused("read_first", numbers=str(one.comment.number))


def _prepared(consultation: Consultation, number: int) -> dict[str, str]:
    """The texts without what was pointed out in them, for who redacts to look at."""
    found = comment_case.case_of(context.session(), consultation, number, None, today(), True, True)
    own = () if found.submission.public_name else (found.submission.shown_name,)
    return {f"shown_{name}": text for name, text in hinted(found.line, own).redacted.items()}


def _proposing(
    consultation: Consultation, number: int, form: dict[str, str], wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    found = comment_case.case_of(context.session(), consultation, number, term(consultation), today(), True, True)
    choices = proposals.choices()
    if form["kind"] not in choices:
        raise NotFound
    return page(
        "comment/propose",
        consultation,
        status_of(wrong),
        case=found,
        form=form,
        reasons=choices[form["kind"]],
        **told(wrong),
    )


def _waiting(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    reads = may(Action.TRIAGE, consultation)
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    shut = partial(set_apart.unread, session, consultation, actor=actor, now=now)
    found = proposals.waiting(session, consultation, term(consultation), today(), reads, shut)
    return page("proposals", consultation, status_of(refusal), waiting=found, refusal=refusal)


def _splitting(
    consultation: Consultation, number: int, form: dict[str, str], wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session = context.session()
    found = comment_case.case_of(session, consultation, number, term(consultation), today(), True, True)
    known = typed_places.places(session, consultation, say)
    return page(
        "comment/split",
        consultation,
        status_of(wrong),
        case=found,
        form=form,
        places=known,
        how_many=MOST_PARTS,
        decided=is_kept_back(found.line.visibility),
        **told(wrong),
    )
