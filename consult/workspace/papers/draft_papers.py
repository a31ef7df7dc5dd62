"""The papers that a body makes of its draft while it is written: what each is told. What the draft does not say yet is
left blank in them, and nothing is invented."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from consult.catalogues import translations
from consult.consultations.invitation_models import Invitation
from consult.consultations.models import Consultation
from consult.consultations.words import Kind, Procedure
from consult.official_papers.paper import Letterhead, PaperOpinion
from consult.people.models import Organisation
from consult.submissions import anchors
from consult.submissions.inputs import Cosigned
from consult.submissions.words import CritiqueForm, Stance, SubmissionKind
from consult.text import day_of, one_line
from consult.workspace import clauses, overview
from consult.workspace import content as organisation_content
from consult.workspace.content import DraftContent
from consult.workspace.cosigning import cosigners
from consult.workspace.models import OrganisationDraft

TEMPLATES = {
    "phan-bien": "critique",
    "giay-moi": "invitation",
    "lay-y-kien": "asking",
    "bien-ban": "minutes",
    "gop-y": "opinion",
    "tra-loi-tham-van": "eia_reply",
    "kien-nghi": "bundle",
}
"""Which template makes which paper, by its name in addresses."""


def offered(consultation: Consultation, kind: SubmissionKind, form: str) -> tuple[str, ...]:
    """The papers that a draft of this kind and form of critique can be taken away as, by their names in addresses."""
    if kind is not SubmissionKind.CRITIQUE and consultation.kind is Kind.PROPOSALS:
        return ("kien-nghi",)
    if kind is not SubmissionKind.CRITIQUE:
        return ("tra-loi-tham-van",) if consultation.procedure is Procedure.EIA_STATUTORY else ("gop-y",)
    met, asked = ("giay-moi", "bien-ban"), ("lay-y-kien",)
    if not form:
        return ("phan-bien", *met, *asked)
    return ("phan-bien", *(asked if form == CritiqueForm.WRITTEN else met))


def named(consultation: Consultation, kind: SubmissionKind, form: str) -> list[tuple[str, str]]:
    """The same with the template of each, by which it is called in words."""
    return [(name, TEMPLATES[name]) for name in offered(consultation, kind, form)]


@dataclass(frozen=True)
class DraftPaper:
    """What every paper of a draft is told; `cosigned` are the bodies that confirmed the text as it is."""

    paper: Letterhead
    matter: Consultation
    draft: DraftContent
    opinions: Sequence[PaperOpinion]
    invitation: Invitation | None
    held_on: Any
    agreement_on: Any
    cosigned: Sequence[Cosigned]
    attachments: Sequence[str] = ()

    def said(self) -> dict[str, object]:
        """The same by the names that templates call it."""
        return dict(vars(self))


def of_draft(session: Session, consultation: Consultation, draft: OrganisationDraft) -> DraftPaper:
    """Everything that the papers of this draft say."""
    content = organisation_content.read(draft.content)
    body = session.get_one(Organisation, draft.organisation_id)
    return DraftPaper(
        letterhead(body, content),
        consultation,
        content,
        _opinions(session, consultation, content),
        overview.invitation_of(session, consultation, draft.organisation_id),
        day_of(content.held_on),
        day_of(content.agreement_on),
        cosigners.confirmed(session, draft),
    )


def letterhead(body: Organisation, content: DraftContent) -> Letterhead:
    """Whose paper it is, with its own number and day as they were typed, and who signs in which lines."""
    lines = [one_line(line) for line in re.split(r"[;\n]", content.signing_line)]
    return Letterhead(
        body=body.name,
        number=one_line(content.letter_number),
        place=body.place,
        day=day_of(content.letter_on),
        signing_lines=tuple(line for line in (*lines, one_line(content.signatory_office)) if line),
        signatory=one_line(content.signatory_name),
    )


def _opinions(session: Session, consultation: Consultation, content: DraftContent) -> list[PaperOpinion]:
    say = translations("vi").gettext
    said = list(content.said.values())
    places = clauses.read(session, consultation, [one.anchor for one in said])
    stances = {stance.value: say(f"stance.{stance.value}") for stance in Stance}
    return [
        PaperOpinion(
            _capital(anchors.label_of(place, _official)) if place.known else one.anchor,
            stances.get(one.stance, ""),
            one.text,
            one.proposed,
            one.reason,
            one.topic,
        )
        for one, place in zip(said, places, strict=True)
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _official(code: str, **values: object) -> str:
    """Papers are Vietnamese, whatever language the site is read in."""
    sentence: str = translations("vi").gettext(code)
    return sentence % values if values else sentence
