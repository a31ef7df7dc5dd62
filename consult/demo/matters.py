"""The matters of the demonstration, prepared and published by the people whose work that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.files.pdf_pages import PdfReader
from consult.consultations.files.uploaded_files import read_upload
from consult.consultations.matter import periods
from consult.consultations.matter.calendar import Holidays, holidays
from consult.consultations.matter.inputs import NewConsultation, ReadFile
from consult.consultations.models import Consultation, LegalProfile
from consult.consultations.preparation import creation, publication
from consult.consultations.preparation import service as preparation
from consult.consultations.preparation.documents import add_document
from consult.consultations.words import MEETING_DAY, Audience, Disclosure, DocumentRole, Kind, Procedure
from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn.typesetting import pdf_of
from consult.demo.drawn.word_file import docx_of
from consult.files.store import FileStore
from consult.ledger.service import Signer
from consult.people.areas import find_areas
from consult.policy import Actor
from consult.submissions.inputs import Codes


@dataclass
class Scene:
    """A matter being played: its row, who works on it, and what was received so far."""

    session: Session
    row: dict[str, Any]
    cast: Cast
    calendar: Calendar
    files: FileStore
    signer: Signer
    codes: Codes
    consultation: Consultation = field(init=False)
    numbers: dict[str, int] = field(default_factory=dict)
    submissions: dict[str, int] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The key of the matter, which is its address too."""
        return str(self.row["slug"])

    def actor(self, key: str) -> Actor:
        """A person by key."""
        return self.cast.actors[key]

    @property
    def officer(self) -> Actor:
        """The first officer of the matter."""
        return self.actor(self.row["officers"][0])

    @property
    def second_person(self) -> Actor:
        """Who confirms what the first officer proposed."""
        return self.actor((self.row["officers"][1:] or [self.row["leader"]])[0])


def prepare(scene: Scene) -> None:
    """Creates the matter with its documents and periods, and publishes it."""
    row, calendar, session = scene.row, scene.calendar, scene.session
    uploads = [_read(scene, document) for document in row["documents"]]
    created = calendar.at(row["announced"] - 1, "14:00")
    scene.consultation = creation.start(session, _facts(scene), uploads[0], scene.officer, created)
    for document, upload in zip(row["documents"][1:], uploads[1:], strict=True):
        add_document(
            session, scene.consultation, document["title"], DocumentRole.FURTHER, upload, scene.officer, created
        )
    closing = last_days(row, calendar, scene.consultation.profile.rules, holidays(session))
    preparation.schedule(session, scene.consultation, calendar.day(row["opens"]), closing, scene.officer, created)
    publication.publish(
        session, scene.consultation, scene.actor(row["publisher"]), calendar.at(row["announced"], "08:00")
    )


def _facts(scene: Scene) -> NewConsultation:
    row, calendar, bodies = scene.row, scene.calendar, scene.cast.organisations
    project = dict(row.get("project") or {})
    if project.get("investor"):
        project["investor"] = bodies[project["investor"]].name
    if project.get(MEETING_DAY) is not None:
        project[MEETING_DAY] = calendar.iso(project[MEETING_DAY])
    return NewConsultation(
        title=row["title"],
        kind=Kind(row["kind"]),
        procedure=Procedure(row["procedure"]),
        lead_id=bodies[row["lead"]].id,
        answering_id=bodies[row["answering_body"]].id,
        issuing_id=bodies[row["issuing_authority"]].id,
        summary=f"{row['summary']}\n{row['purpose']}",
        field=row["field"],
        disclosure=Disclosure(row["disclosure"]),
        project=project,
        area_id=_area(scene),
        plain_words=row.get("plain_words") or {},
        profile_id=_profile(scene),
        slug=row["slug"],
        sent_to_front_on=_day(calendar, row["sent_to_front"]),
        planned_submission_on=_day(calendar, row["planned_submission"]),
    )


def _area(scene: Scene) -> UUID | None:
    """The commune that the matter names, if it names one."""
    named, day = scene.row.get("area"), scene.calendar.day(scene.row["announced"])
    return find_areas(scene.session, named, day, limit=1)[0].area.id if named else None


def _profile(scene: Scene) -> UUID | None:
    """The version of the named profile in force on the day of publication."""
    day = scene.calendar.day(scene.row["announced"])
    return scene.session.scalar(
        select(LegalProfile.id)
        .where(LegalProfile.code == scene.row["profile"], LegalProfile.valid_from <= day)
        .order_by(LegalProfile.valid_from.desc())
        .limit(1)
    )


def last_days(
    row: dict[str, Any], calendar: Calendar, rules: Mapping[str, Any], holidays: Holidays
) -> dict[Audience, date]:
    """The last days of the content, or those of the rules where these are later: a day that is no working day moves
    them, so that the content cannot know them on every day of the year."""
    by_rule = periods.computed(rules, Procedure(row["procedure"]), calendar.day(row["opens"]), holidays)
    wanted = {Audience.PUBLIC: row["closes"], Audience.INVITED: row["invited_reply_by"]}
    return {
        period.audience: max(period.last_day, calendar.day(wanted[period.audience]))
        for period in by_rule
        if wanted.get(period.audience) is not None
    }


def _read(scene: Scene, document: dict[str, Any]) -> ReadFile:
    name = document["file"]
    data = content.file(name)
    if "printed_with" in document:
        # A report as it is handed in: this file and those before it, on pages.
        texts = [content.file(one) for one in [*document["printed_with"], name]]
        data, name = pdf_of([text.decode() for text in texts]), name.replace(".md", ".pdf")
    elif document.get("in_word"):
        data, name = docx_of(data.decode()), name.replace(".md", ".docx")
    return read_upload(data, name.replace("/", "-"), scene.files, PdfReader())


def _day(calendar: Calendar, offset: int | None) -> Any:
    return calendar.day(offset) if offset is not None else None
