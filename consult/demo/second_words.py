"""What a body says of the answers to its letter in the demonstration: some satisfy, over one a dialogue is held and the
final answer follows, and one still waits for it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consult import clock
from consult.demo import content
from consult.demo.drawn.typesetting import pdf_of
from consult.demo.matters import Scene
from consult.demo.voices import Act, once, submission_of
from consult.files.signed_files import KeptFile
from consult.responses.answers import answer_state, approval, drafting, publication
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.warnings.words import AnswerWarning
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import Minutes, NewDialogue
from consult.responses.remarks import papers
from consult.responses.remarks import service as remarks
from consult.responses.remarks.papers import NewPaper
from consult.responses.remarks.said import Said
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.words import Verdict

TERMS = SecondWordTerms(10, 15)
PDF = "application/pdf"


def acts(scene: Scene) -> Iterator[Act]:
    """Everything that is said of the answers on a matter, with its moment."""
    for row in content.parts(scene.slug, "second_words"):
        moment = scene.calendar.at(row["day"], "09:00")
        yield moment, once(_say_on_paper if "paper" in row else _say, scene, row, moment)
        if "dialogue" in row:
            yield from _dialogue(scene, row)
        if "final" in row:
            yield from _final(scene, row["final"])


def _say(scene: Scene, row: dict[str, Any], now: datetime) -> None:
    """Written by one, and signed by another."""
    letter, session = submission_of(scene, row["letter"]), scene.session
    numbers = [scene.numbers[one["comment"]] for one in row["said"]]
    drafter, sender = scene.actor(row["drafter"]), scene.actor(row["sender"])
    for number, one in zip(numbers, row["said"], strict=True):
        said = (one["verdict"], one["text"])
        remarks.write(session, scene.consultation, letter, number, *said, TERMS, drafter, now)
    remarks.sign(session, scene.consultation, letter, numbers, TERMS, sender, now)


def _say_on_paper(scene: Scene, row: dict[str, Any], now: datetime) -> None:
    """What came by post, entered by an officer; the scan is drawn up at load."""
    paper, said = row["paper"], row["said"]
    received = clock.local_day(scene.calendar.at(paper["received"], "09:00"))
    data = pdf_of(["\n\n".join([paper["number"], *(one["text"] for one in said)])])
    scan = KeptFile(scene.files.put(data), paper["file_name"], PDF, len(data))
    by_point = {scene.numbers[one["comment"]]: Said(Verdict(one["verdict"]), one["text"]) for one in said}
    facts = (paper["number"], received, paper["signatory"], received, paper["reason"])
    letter, new = submission_of(scene, row["letter"]), NewPaper(*facts, by_point, None, scan)
    papers.record(scene.session, scene.consultation, letter, new, TERMS, scene.officer, now)


def _dialogue(scene: Scene, row: dict[str, Any]) -> Iterator[Act]:
    told = row["dialogue"]
    called, held = scene.calendar.at(told["called"], "10:00"), scene.calendar.at(told["day"], told["time"])
    yield called, once(_call, scene, row, held, called)
    recorded = scene.calendar.at(told["day"], "16:00")
    yield recorded, once(_record, scene, told, recorded)


def _call(scene: Scene, row: dict[str, Any], starts_at: datetime, now: datetime) -> None:
    told = row["dialogue"]
    numbers = [scene.numbers[one["comment"]] for one in told["outcomes"]]
    new, letter = NewDialogue(starts_at, told["place"], told["invited"], numbers), submission_of(scene, row["letter"])
    dialogues.call(scene.session, scene.consultation, letter, new, TERMS, scene.officer, now)


def _record(scene: Scene, told: dict[str, Any], now: datetime) -> None:
    """Its minutes, whose file is drawn up at load."""
    words = [told["attendees"], *(one["text"] for one in told["outcomes"])]
    data = pdf_of(["\n\n".join(words)])
    file = KeptFile(scene.files.put(data), told["file_name"], PDF, len(data))
    outcomes = {scene.numbers[one["comment"]]: (one["agreed"], one["text"]) for one in told["outcomes"]}
    said = Minutes(told["attendees"], outcomes, file)
    dialogues.record(scene.session, scene.consultation, 1, said, scene.officer, now)


def _final(scene: Scene, row: dict[str, Any]) -> Iterator[Act]:
    """The final answer: written, approved and published as every answer is."""
    drafted, published = scene.calendar.at(row["drafted"], "09:30"), scene.calendar.at(row["published"], "16:00")
    yield drafted, once(_draft, scene, row, drafted)
    yield published, once(_publish, scene, row, published)


def _draft(scene: Scene, row: dict[str, Any], now: datetime) -> None:
    answer = _answer(scene, row)
    drafting.draft_answer(
        scene.session, scene.consultation, answer.numbers, row["disposition"], row["text"], scene.actor(row["drafter"]),
        now, answer.response.id, change_path=row["changes"], ticked=tuple(AnswerWarning),
    )  # fmt: skip


def _publish(scene: Scene, row: dict[str, Any], now: datetime) -> None:
    scene.session.expire_all()
    answer, session = _answer(scene, row), scene.session
    leader, publisher = scene.actor(scene.row["leader"]), scene.actor(scene.row["publisher"])
    choice = (answer.response.id, answer.latest.hash)
    approval.approve(session, scene.consultation, [choice], leader, now, warned=True)
    publication.publish_answers(session, scene.consultation, [answer.response.id], publisher, now)


def _answer(scene: Scene, row: dict[str, Any]) -> Answer:
    number = scene.numbers[row["answer"]]
    return next(one for one in answer_state.read(scene.session, scene.consultation.id) if number in one.numbers)
