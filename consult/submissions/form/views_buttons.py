"""What each button of the comment form does: the form it makes, and the page that comes next."""

from collections.abc import Mapping
from dataclasses import replace

from flask import request

from consult.consultations.models import Consultation
from consult.errors import Invalid
from consult.submissions import anchors
from consult.submissions.form import forms, quotes, views_files, views_pages, views_voice
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.unsent import Step
from consult.submissions.inputs import NewSubmission
from consult.submissions.receiving import service as receiving
from consult.web import context, tickets

OF_SENDER = frozenset({"name", "area", "area_id", "contact", "website", "consent"})


def failed(form: CommentForm, errors: Mapping[str, str]) -> Step:
    """The page on which the first thing that is wrong can be put right, with its comment open."""
    errors = {_field_of(name, code): code for name, code in errors.items()}
    form = _opened(form, errors)
    said = f"comments.{form.current}."
    if form.way == "speak" and errors.get(f"{said}text") == "required":
        errors = {views_voice.FIELD: "nothing_spoken"}
    spoken = not errors.keys().isdisjoint({views_voice.FIELD, f"{said}language"})
    page = "who" if OF_SENDER.issuperset(errors) else "speak" if spoken else "write"
    return Step(page, form, errors, status=422)


def taken(consultation: Consultation, form: CommentForm) -> Step:
    """What the button that was pressed makes of the form."""
    return _STEPS.get(form.steps[0], _write_on)(consultation, form)


def _write_on(_consultation: Consultation, form: CommentForm) -> Step:
    return Step("write", form)


def _speak(_consultation: Consultation, form: CommentForm) -> Step:
    return Step("speak", form)


def _said(form: CommentForm) -> Step:
    """The page of the way in which the open comment was said."""
    return Step("speak" if form.open.voice and not form.open.text else "write", form)


def _said_so(form: CommentForm) -> Step:
    """The page of the way in which the comment before was said."""
    return Step("speak" if form.way == "speak" else "write", form)


def _add(_consultation: Consultation, form: CommentForm) -> Step:
    """One more comment about the same place, once the present one says something."""
    if form.open.empty:
        return failed(form, {f"comments.{form.current}.text": "required"})
    return _said_so(form.with_comment(form.open.anchor))


def _choose(_consultation: Consultation, form: CommentForm) -> Step:
    return Step("choose", form)


def _pick(consultation: Consultation, form: CommentForm) -> Step:
    """One more comment about the place chosen; a comment still empty moves there instead."""
    place = quotes.quoted(context.session(), consultation, anchors.parse(request.form.get("tai", "")), text=False)
    if form.open.empty:
        form = form.without(form.current)
        form = replace(form, comments=tuple(one for one in form.comments if not one.empty))
    return _said_so(form.with_comment(place.written))


def _edit(_consultation: Consultation, form: CommentForm) -> Step:
    return _said(replace(form, current=forms.chosen(form)))


def _remove(_consultation: Consultation, form: CommentForm) -> Step:
    return Step("write", form.without(forms.chosen(form)))


def _move(consultation: Consultation, form: CommentForm) -> Step:
    """A comment on an older draft ("move:2"), now about what its clause is in the newest (the field `den-2`); what was
    typed stays."""
    form = replace(form, current=forms.chosen(form))
    anchor = anchors.parse(request.form.get(f"den-{form.current}", ""))
    place = quotes.quoted(context.session(), consultation, anchor, text=False)
    return Step("write", form.with_open(anchor=place.written))


def _begin(consultation: Consultation, form: CommentForm) -> Step:
    """The clause's own words in the field for the wording proposed."""
    return Step("write", views_pages.begun(consultation, form))


def _remove_file(_consultation: Consultation, form: CommentForm) -> Step:
    place = form.steps[1]
    there = place.isascii() and place.isdigit() and len(place) < 4
    return Step("write", views_files.without(form, int(place)) if there else form)


def _remove_voice(_consultation: Consultation, form: CommentForm) -> Step:
    return Step("speak", form.with_open(voice="", language=""))


def _who(consultation: Consultation, form: CommentForm) -> Step:
    """Who sends it, once something is said and nothing is wrong with that."""
    form = views_pages.without_unchanged(consultation, form).tidied()
    try:
        receiving.check(
            context.session(), consultation, _new(consultation, _without_sender(form)), context.arrived_at()
        )
    except Invalid as invalid:
        return failed(form, invalid.errors)
    return Step("who", form)


def _skip(consultation: Consultation, form: CommentForm) -> Step:
    """Nothing about the sender."""
    return _check(consultation, _without_sender(form))


def _without_sender(form: CommentForm) -> CommentForm:
    return replace(form, name="", publish_name=False, area="", area_id="", area_of="", contact="")


def _check(consultation: Consultation, form: CommentForm) -> Step:
    """What will be sent, to be read once more; every error is found here already."""
    form = views_pages.without_unchanged(consultation, form).tidied()
    form = views_pages.with_area(form)
    try:
        receiving.check(context.session(), consultation, _new(consultation, form), context.arrived_at())
    except Invalid as invalid:
        return failed(form, invalid.errors)
    return Step("check", form)


_STEPS = {
    "write": _write_on,
    "speak": _speak,
    "add": _add,
    "elsewhere": _choose,
    "pick": _pick,
    "begin": _begin,
    "edit": _edit,
    "remove": _remove,
    "move": _move,
    "remove-file": _remove_file,
    "remove-voice": _remove_voice,
    "who": _who,
    "skip": _skip,
    "check": _check,
}


def _new(consultation: Consultation, form: CommentForm) -> NewSubmission:
    key = tickets.ours(form.ticket, str(consultation.id)).key
    files = views_files.of(form) + views_voice.all_of(form)
    return forms.submission(form, key, context.arrived_at(), context.language(), files, consultation.kind)


def _opened(form: CommentForm, errors: Mapping[str, str]) -> CommentForm:
    """The first comment in which something is wrong is the one to open."""
    if any(name.startswith(f"comments.{form.current}.") for name in errors):
        return form
    for index in range(len(form.comments)):
        if any(name.startswith(f"comments.{index}.") for name in errors):
            return replace(form, current=index)
    return form


def _field_of(name: str, code: str) -> str:
    """The field that an error of the service is about: words that are not in the clause were typed into one."""
    if code == "unknown_quote":
        return name.removesuffix(".anchor") + ".quote"
    return "file" if name == "attachments" else name
