"""What stands above the lines of the table: the texts of the matter's rules and the counts of this moment."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation
from consult.consultations.models import Consultation
from consult.exports.cell_texts import EIA_FORM
from consult.exports.lines import PlaceMajority, TableHead
from consult.exports.official_language import official
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.responses.answers import public_sums
from consult.responses.asked.replies import agreed_by_silence
from consult.responses.majority import tally
from consult.responses.majority.tally import Tally
from consult.responses.models import ResponsePublication, ResponseVersion
from consult.responses.taken_up import service as taken_up
from consult.responses.words import Disposition
from consult.stages import stage_of
from consult.submissions.anchors import label_of
from consult.submissions.models import Joiner


def head(session: Session, consultation: Consultation, now: datetime, notice: str = "") -> TableHead:
    """The head of a published matter's table at the instant `now`, in six statements, eleven where
    silence may be agreement, six more where the law on grassroots democracy applies. `notice` marks made-up data."""
    table: dict[str, Any] = (consultation.profile_rules or {})["table"]
    body, about = _about(consultation, table["form"])
    outcome = public_sums.outcome(session, consultation.id)
    names = {"title": about, "lead": body.name}
    return TableHead(
        slug=consultation.slug,
        title=consultation.title,
        kind=consultation.kind.value,
        procedure=consultation.procedure.value,
        stage=stage_of(consultation, now).value,
        body=body.name,
        above=above(body, consultation.issuing),
        place=body.place,
        form=table["form"],
        columns=tuple(table["columns"]),
        headings=dict(table["headings"]),
        blocks=tuple((code, words) for code, words in table.get("blocks", ())),
        heading=_filled(table["title"], names),
        intro=_filled(table["intro"], names),
        counting_rule=table["counting_rule"],
        asked=_count(session, select(func.count()).where(Invitation.consultation_id == consultation.id)),
        opinions=outcome["answered"] + outcome["awaiting"],
        outcome=outcome,
        counted_at=now,
        notice=notice,
        **_counts(session, consultation, now),
    )


def _counts(session: Session, consultation: Consultation, now: datetime) -> dict[str, Any]:
    return {
        "joiners": _joiners(session, consultation),
        "dispositions": _dispositions(session, consultation),
        "visibility": public_sums.visibility(session, consultation.id),
        "silent": agreed_by_silence(session, consultation, now),
        "majority": _majority(session, consultation),
        "taken_up": tuple(
            official("exports.proposal", number=one.number, title=one.title)
            for one in taken_up.names_of(session, consultation)
        ),
    }


def _majority(session: Session, consultation: Consultation) -> tuple[PlaceMajority, ...]:
    """What the law on grassroots democracy wants told; what is decided and why, once the matter is concluded."""
    concluded = consultation.concluded_at is not None
    return tuple(_of_place(one, concluded) for one in tally.tallies(session, consultation))


def _of_place(one: Tally, concluded: bool) -> PlaceMajority:
    words = label_of(one.place, official) if one.place else official("exports.whole_draft")
    decision = one.decision if concluded and one.to_decide else None
    follows, reason = (decision.follows, decision.text) if decision else (None, "")
    return PlaceMajority(words, one.in_favour, one.against, one.others, follows, reason)


def _about(consultation: Consultation, form: str) -> tuple[Organisation, str]:
    """Who issues the table and on what: an investor on a project, of which the report is only the paper."""
    if form == EIA_FORM:
        return consultation.answering, consultation.project.get("name") or consultation.title
    return consultation.lead, consultation.title


def _filled(text: str, names: dict[str, str]) -> str:
    """The names in the text of a rule, which are put in one by one: a title may hold braces of its own."""
    before, *rest = text.split("{")
    pieces = [before]
    for part in rest:
        name, _brace, after = part.partition("}")
        pieces += [names[name], after]
    return "".join(pieces)


def above(body: Organisation, issuing: Organisation) -> str:
    """The body above a department: the people's committee of its level, which issues what the department drafts."""
    departments = body.kind is OrganisationKind.DEPARTMENT and issuing.kind is OrganisationKind.PEOPLES_COMMITTEE
    return issuing.name if departments and issuing.level is body.level else ""


def _count(session: Session, statement: Any) -> int:
    return session.scalar(statement) or 0


def _joiners(session: Session, consultation: Consultation) -> int:
    counted = select(func.count()).where(Joiner.consultation_id == consultation.id, Joiner.withdrawn_at.is_(None))
    return _count(session, counted)


def _dispositions(session: Session, consultation: Consultation) -> dict[str, int]:
    """How many comments were answered in each way, by the wording published last."""
    last = (
        select(ResponsePublication.response_id, func.max(ResponsePublication.at).label("at"))
        .where(ResponsePublication.consultation_id == consultation.id)
        .group_by(ResponsePublication.response_id)
        .subquery()
    )
    published, version = ResponsePublication, ResponseVersion
    rows = session.execute(
        select(version.disposition, func.count())
        .select_from(published)
        .join(last, (last.c.response_id == published.response_id) & (last.c.at == published.at))
        .join(published.version)
        .join(published.targets)
        .where(published.consultation_id == consultation.id)
        .group_by(version.disposition)
    )
    found = {disposition.value: count for disposition, count in rows}
    return {each.value: found[each.value] for each in Disposition if each.value in found}
