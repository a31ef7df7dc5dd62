"""Comments that were spoken, in the demonstration: a plain tone stands for the voice, and its name says so."""

import math
import wave
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from consult.demo import content
from consult.demo.matters import Scene
from consult.demo.voices import Act, key_of, once
from consult.submissions import anchors
from consult.submissions.acts import service as acts_on_comments
from consult.submissions.inputs import AttachmentInput, CommentInput, NewSubmission
from consult.submissions.receiving import service as receiving
from consult.submissions.voices import listening_requests, transcription
from consult.submissions.voices.transcription import TypedTranscript

RATE = 8_000


def acts(scene: Scene) -> Iterator[Act]:
    """Sent, given to a body that speaks the language, written down, checked and released: as the content says."""
    for row in content.parts(scene.slug, "voices"):
        sent = scene.calendar.at(row["day"], row["time"])
        yield sent, once(_send, scene, row, sent)
        if row["asked"]:
            asked = scene.calendar.at(row["day"], "21:30")
            yield asked, once(_ask, scene, row, asked)
        if row["transcript"]:
            done = scene.calendar.at(row["transcribed_day"], "15:00")
            yield done, once(_transcribe, scene, row, done)


def tone(seconds: int) -> bytes:
    """A WAVE file of a plain tone that rises and falls."""
    samples = bytes(
        128 + int(60 * math.sin(place / RATE * 440 * math.tau) * math.sin(place / RATE * math.pi))
        for place in range(seconds * RATE)
    )
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(samples)
    return file.getvalue()


def _send(scene: Scene, row: dict[str, Any], moment: datetime) -> None:
    data = tone(row["seconds"])
    voice = AttachmentInput(
        scene.files.put(data), row["file_name"], "audio/wav", len(data), "voice", 0, row["language"], row["seconds"]
    )
    comment = CommentInput("", anchors.parse(row["anchor"] or ""))
    key = key_of(scene.consultation, row["key"])
    new = NewSubmission((comment,), moment, key, attachments=(voice,))
    receipt = receiving.receive(scene.session, scene.consultation, new, moment, scene.signer, scene.codes)
    scene.numbers[row["key"]] = receipt.comment_numbers[0]


def _ask(scene: Scene, row: dict[str, Any], moment: datetime) -> None:
    body = scene.cast.organisations[row["asked"]]
    listening_requests.ask(scene.session, scene.consultation, scene.numbers[row["key"]], body.id, scene.officer, moment)


def _transcribe(scene: Scene, row: dict[str, Any], moment: datetime) -> None:
    number = scene.numbers[row["key"]]
    written = TypedTranscript(row["language"], row["transcript"], row["translation"])
    writer, checker = scene.actor(row["written_by"]), scene.actor(row["checked_by"])
    kept = transcription.write(scene.session, scene.consultation, number, written, writer, moment)
    transcription.check(scene.session, scene.consultation, kept.id, checker, moment)
    acts_on_comments.release(scene.session, scene.consultation, [number], scene.officer, moment)
