"""What is sent to other matters with the same press: each receives it as if it had been sent there, and what one of
them does not take is lost neither here nor there."""

from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from consult import storage_faults
from consult.consultations.matter import policy_facts, projects
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused, Unavailable
from consult.submissions.form import forms, other_matters, views_steps
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.unsent import Step
from consult.submissions.form.views_offers import key_there
from consult.submissions.inputs import AttachmentInput
from consult.submissions.receiving import receipts_again
from consult.submissions.receiving import service as receiving
from consult.submissions.views_frame import SentBeside, site_codes
from consult.web import context, flood_control, tickets
from consult.web.catalogue import say


def send(matter: PolicyFacts, form: CommentForm, key: str, files: tuple[AttachmentInput, ...]) -> list[SentBeside]:
    """Sends what `matter` has received under `key` to every other matter that is ticked; never raises what one of them
    answers."""
    if not form.also:
        return []
    session, here = context.session(), views_steps.whole(matter)
    going = [
        (policy_facts.by_id(session, there.id), other_matters.as_said_there(session, here, there, form, say)[0])
        for there in other_matters.ticked(session, here, form, context.arrived_at())
    ]
    return [sent_before(there, key) or _sent(there, said, key, files) for there, said in going]


def sent_again(consultation: Consultation, key: str) -> list[SentBeside]:
    """What became of the same words in other matters, for who comes back to the form after it was received."""
    session = context.session()
    others = projects.others(session, consultation, context.arrived_at())
    facts = [policy_facts.by_id(session, there.id) for there in others]
    found = (sent_before(there, key) or _waiting(there, key) for there in facts)
    return [one for one in found if one is not None]


def sent_before(there: PolicyFacts, key: str) -> SentBeside | None:
    """The receipt that another matter has given for the same words already."""
    given = receipts_again.of_key(context.session(), there, key_there(key, there.id), site_codes())
    return SentBeside(given.code, given.secret) if given else None


def _sent(there: PolicyFacts, form: CommentForm, key: str, files: tuple[AttachmentInput, ...]) -> SentBeside:
    try:
        flood_control.check()
        own = key_there(key, there.id)
        new = forms.submission(form, own, context.arrived_at(), context.language(), files)
        # Nothing is kept open by who waits for their turn.
        context.close_session()
        receipt = receiving.receive_at_once(
            context.database(),
            context.connection(),
            there,
            new,
            context.arrived_at(),
            context.signer(),
            site_codes(),
        )
    except Invalid as invalid:
        return _kept_for_later(there, form, key, f"error.{next(iter(invalid.errors.values()))}")
    except Refused as refused:
        return _kept_for_later(there, form, key, f"reason.{refused.reason}")
    except (Unavailable, SQLAlchemyError, OSError) as fault:
        away = storage_faults.unavailable(fault)
        if away is None:
            raise
        return _kept_for_later(there, form, key, f"reason.{away.reason}")
    views_steps.unsent().drop(own)
    return SentBeside(receipt.code, receipt.secret)


def _kept_for_later(there: PolicyFacts, form: CommentForm, key: str, reason: str) -> SentBeside:
    """The form of the other matter holds the words for an hour, under the key by which they would have been received:
    sending them there and pressing here once more are one submission."""
    own = key_there(key, there.id)
    ticket = tickets.issue(str(there.id), context.arrived_at(), own)
    views_steps.unsent().keep(own, Step("check", replace(form, ticket=ticket), notice=reason), context.arrived_at())
    return SentBeside(slug=there.slug, reason=reason, ticket=ticket)


def _waiting(there: PolicyFacts, key: str) -> SentBeside | None:
    step = views_steps.unsent().find(key_there(key, there.id), context.arrived_at())
    return SentBeside(slug=there.slug, reason=step.notice, ticket=step.form.ticket) if step else None
