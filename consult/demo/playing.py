"""Plays the demonstration: every act in its order, through the services that people use."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.demo import (
    asking,
    bodies,
    cast,
    clock_acts,
    collected,
    content,
    desk,
    joined,
    letters,
    matters,
    questions,
    results,
    revisions,
    second_words,
    sorted_out,
    spoken,
    summaries,
    themes,
    voices,
)
from consult.demo.content import Calendar
from consult.demo.matters import Scene
from consult.demo.programme import plans, proposals
from consult.demo.programme.programmes import ProgrammeScene
from consult.demo.programme.sightings import SightingScene
from consult.files.store import FileStore
from consult.ledger.service import Signer
from consult.outbox.worker import Worker
from consult.submissions.inputs import Codes

SINCE = -120
"""From this day on, counted from today, people hold their roles and the site has its ledger key."""


def play(
    session: Session, files: FileStore, signer: Signer, codes: Codes, worker: Worker, now: datetime, calendar: Calendar
) -> list[Scene]:
    """Makes everybody and every matter as of the instant `now`; what the content puts after `now` has not happened.

    The worker handles what is due whenever a period ends, as it would have.
    """
    people = cast.gather(session, now, calendar.at(SINCE))
    scenes = []
    for row in content.matters():
        scene = Scene(session, row, people, calendar, files, signer, codes)
        matters.prepare(scene)
        asking.ask(scene)
        _play(scene, worker, now)
        scenes.append(scene)
    themes.play(scenes, now)
    bodies.play(session, people, now)
    clock_acts.play(session, people, now)
    drafts = {one.slug: one.consultation for one in scenes}
    proposals.play(session, people, drafts, calendar, signer, codes)
    plans.play(session, people, drafts, calendar)
    # Exchanges and reports of programmes tell the cases too.
    SightingScene(session, people, calendar, files, signer, codes).play()
    ProgrammeScene(session, people, calendar, files, codes).play()
    return scenes


def _play(scene: Scene, worker: Worker, now: datetime) -> None:
    timed: list[tuple[datetime, int, Any]] = [
        (moment, order, act)
        for order, (moment, act) in enumerate(
            act
            for part in (
                voices,
                letters,
                desk,
                joined,
                spoken,
                revisions,
                summaries,
                results,
                questions,
                collected,
                sorted_out,
                second_words,
            )
            for act in part.acts(scene)
        )
        if moment <= now
    ]
    closing = scene.consultation.closes_at
    for moment, _order, act in sorted(timed, key=lambda item: item[:2]):
        if closing is not None and closing <= moment:
            worker.work_once(closing)
            closing = None
        act()
    if closing is not None and closing <= now:
        worker.work_once(closing)
