"""The same words for another matter about the same project: which ones take them, and as what they go there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.matter import projects
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.errors import NotFound
from consult.outline.citations import Say
from consult.policy import ANYBODY, Action, decide
from consult.submissions.form import place_names, quotes
from consult.submissions.form.forms import MOST_OTHERS, CommentForm
from consult.submissions.form.forms_comment import FormComment
from consult.submissions.form.quotes import Quoted
from consult.submissions.inputs import AnchorInput


def offered(session: Session, here: Consultation, now: datetime) -> list[Consultation]:
    """The other matters about its project that are open to everybody now, the newest first."""
    others = projects.others(session, here, now)
    return [one for one in others if decide(ANYBODY, Action.SEND_COMMENT, one, now) is None][:MOST_OTHERS]


def ticked(session: Session, here: Consultation, form: CommentForm, now: datetime) -> Sequence[Consultation]:
    """Those that a form names, open or not any more; what is public and about the project, and nothing else."""
    return [one for one in projects.others(session, here, now) if one.slug in form.also] if form.also else []


def as_said_there(
    session: Session, here: Consultation, there: Consultation, form: CommentForm, say: Say
) -> tuple[CommentForm, list[int]]:
    """The form as it goes to another matter, without a ticket, and the positions of those comments whose place is not
    there: they go as comments on the whole matter, and say in words what they were about."""
    labels = place_names.labels(session, here, form, say)
    comments, moved = list[FormComment](), list[int]()
    for position, (comment, label) in enumerate(zip(form.comments, labels, strict=True)):
        anchor = place_names.parsed(comment.anchor)
        found = _same_place(session, here, there, anchor) if anchor else quotes.MATTER
        if found is None:
            moved.append(position)
            comment = _on_the_whole(comment, say("other_matter.about", place=label, matter=here.title), say)
        else:
            comment = replace(comment, anchor=found.written)
        comments.append(_without_topic(comment, there, say))
    kept = replace(form, comments=tuple(comments), current=0, also=(), ticket="", seen="", drafts="", again="")
    return kept, moved


def _same_place(session: Session, here: Consultation, there: Consultation, anchor: AnchorInput) -> Quoted | None:
    """The place there, in the newest draft, that the same words stand at: the same number may be another clause."""
    try:
        own = quotes.quoted(session, here, anchor)
        found = quotes.quoted(session, there, replace(anchor, revision=None))
    except NotFound:
        return None
    whole_document = not anchor.path and anchor.page is None
    same = own.title == found.title if whole_document else bool(own.text) and own.text == found.text
    return found if same else None


def _on_the_whole(comment: FormComment, about: str, say: Say) -> FormComment:
    lines = [about]
    if comment.quote:
        lines.append(say("other_matter.quote", words=comment.quote))
    if comment.text:
        lines.append(comment.text)
    if comment.proposed:
        lines.append(say("other_matter.proposed", words=comment.proposed))
    return replace(comment, anchor="", quote="", proposed="", text="\n".join(lines))


def _without_topic(comment: FormComment, there: Consultation, say: Say) -> FormComment:
    """Only comments on an environmental impact report have a topic; elsewhere it is said in words."""
    if not comment.topic or there.kind is Kind.EIA_REPORT:
        return comment
    told = say("other_matter.topic", topic=say(f"topic.{comment.topic}"))
    return replace(comment, topic="", text="\n".join(part for part in (told, comment.text) if part))
