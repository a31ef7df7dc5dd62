"""What people saw in the demonstration: twelve cases, of which some ended and one was opened again, and sightings that
wait to be joined."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.words import Kind
from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn import sketches
from consult.demo.programme.proposals import answer_many
from consult.demo.programme.years import Year, opened
from consult.demo.voices import key_of
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.ledger.service import Signer
from consult.programme import promises
from consult.programme.act_pictures import Picture
from consult.programme.sightings import cases, near, solved, typed
from consult.programme.sightings.models import SightingCase
from consult.programme.sightings.new_case import NewCase
from consult.programme.sightings.solved import SolvedQuestions
from consult.submissions.acts import service as acts
from consult.submissions.form import communes, sightings
from consult.submissions.form.forms_comment import FormComment
from consult.submissions.inputs import AttachmentInput, Codes, CommentInput, NewSubmission, Sender, SightingInput
from consult.submissions.points import point_of
from consult.submissions.receiving.service import receive
from consult.submissions.words import ContactKind, SightingKind

WEEKS = 4


@dataclass
class SightingScene:
    """Plays what the content says of sightings and cases, each act on its day."""

    session: Session
    people: Cast
    calendar: Calendar
    files: FileStore
    signer: Signer
    codes: Codes

    def play(self) -> None:
        """Everything that happened until today."""
        row = content.sightings()
        year = opened(self.session, row, self.people, self.calendar, Kind.SIGHTINGS)
        for number, one in enumerate(row["sightings"], start=1):
            self._see(year, one, number)
        for place, one in enumerate(row["cases"], start=1):
            own = [number for number, seen in enumerate(row["sightings"], start=1) if seen["case"] == place]
            self._case(year, one, own)

    def _see(self, year: Year, row: dict[str, Any], number: int) -> None:
        day, moment = self.calendar.day(row["day"] + year.shift), year.at(row["day"], "18:20")
        told = FormComment(
            text=row["text"], what=row["kind"], where=row["where"], commune=row["commune"], seen_on=day.isoformat()
        )
        found = communes.recognised(self.session, row["commune"], day)
        point = (row["point"][0], row["point"][1]) if row["point"] else None
        seen = SightingInput(SightingKind(row["kind"]), day, found[0].id if len(found) == 1 else None, point)
        mail = row["mail"]
        sender = Sender(contact_kind=ContactKind.MAIL if mail else ContactKind.NONE, contact=mail)
        said = CommentInput(sightings.whole(told), sighting=seen)
        key = key_of(year.matter, f"sighting:{number}")
        new = NewSubmission((said,), moment, key, sender=sender, attachments=self._picture(row, number))
        receive(self.session, year.matter, new, moment, self.signer, self.codes)
        acts.release(self.session, year.matter, [number], year.actor("officers", 0), moment + timedelta(hours=14))

    def _picture(self, row: dict[str, Any], number: int) -> tuple[AttachmentInput, ...]:
        return (sketches.attached(self.files, f"hien-truong-{number}.png"),) if row["picture"] else ()

    def _case(self, year: Year, row: dict[str, Any], numbers: list[int]) -> None:
        session, officer = self.session, year.actor("officers", 0)
        facts = typed.of_sightings(near.of_numbers(session, year.matter, numbers))
        new = NewCase(
            facts["kind"], row["text"], row["place"], self.people.organisations[row["by"]].id,
            self.calendar.day(row["due"] + year.shift), min(self._days(year, numbers)),
            UUID(facts["commune"]) if facts["commune"] else None, point_of(facts["point"]),
        )  # fmt: skip
        made = cases.open_case(session, year.matter, new, numbers, officer, year.at(row["opened"]))
        if not row["public"]:
            return
        cases.release(session, made, year.actor("leader"), year.at(row["opened"], "15:00"))
        answer_many(year, numbers, {"day": row["opened"] + 1, "disposition": "noted", "text": row["answer"]})
        for act in row["acts"]:
            self._say(year, made, act)
        if row["again"]:
            self._again(year, made, row["again"])

    def _days(self, year: Year, numbers: list[int]) -> Any:
        return (self.calendar.day(content.sightings()["sightings"][one - 1]["day"] + year.shift) for one in numbers)

    def _say(self, year: Year, case: SightingCase, row: dict[str, Any]) -> None:
        at, promise = year.at(row["day"]), case.promise
        day = None
        if row["kind"] == "done":
            day = self.calendar.day(row["day"] + year.shift)
        elif row["kind"] == "move":
            day = self.calendar.day(row["to"] + year.shift)
        writer, pictures = self.people.actors[row["writer"]], self._of_act(row)
        said = promises.say(self.session, promise, row["kind"], row["text"], day, writer, at, pictures)
        if row["released"]:
            by = self.people.actors[row["by"]]
            promises.release(self.session, promise, said.number, by, year.at(row["day"], "15:00"))

    def _of_act(self, row: dict[str, Any]) -> tuple[Picture, ...]:
        if "picture" not in row:
            return ()
        drawn = sketches.attached(self.files, row["picture"])
        kept = KeptFile(drawn.file_hash, drawn.file_name, drawn.media_type, drawn.file_size)
        return (Picture(kept, row["caption"]),)

    def _again(self, year: Year, case: SightingCase, row: dict[str, Any]) -> None:
        SolvedQuestions(WEEKS).ask(self.session, year.at(row["asked"]))
        self.session.expire(case)
        solved.say(self.session, case.words[0], False, row["line"], year.at(row["said"]))
