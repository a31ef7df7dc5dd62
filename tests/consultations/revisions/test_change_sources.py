"""Where changes came from that no comment asked for."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import ChangeSource
from consult.consultations.matter import queries
from consult.consultations.revisions import change_sources
from consult.consultations.words import ChangeOrigin
from consult.db import new_id
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from tests.builders import NOW, make_consultation, make_publisher
from tests.consultations.revised import add, revise


def test_the_latest_counts_and_is_public_at_once(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = revise(session, made, actor)
    first = queries.revision_of(session, queries.document_of(session, made.id, 1), 1)
    ids = {one.path: one.id for revision in (first, second) for one in queries.provisions_of(session, revision)}
    version = made.content_version
    chosen = [ids["d4"], ids["d2.k2"]]
    change_sources.give_sources(session, made, second, chosen, ChangeOrigin.APPRAISAL, "", actor, NOW)
    change_sources.give_sources(session, made, second, chosen[:1], ChangeOrigin.OTHER, "Họp tổ soạn thảo", actor, NOW)
    told = change_sources.sources_of(session, made.id, [second])
    assert told[ids["d4"]].source is ChangeOrigin.OTHER and told[ids["d4"]].note == "Họp tổ soạn thảo"
    assert told[ids["d2.k2"]].source is ChangeOrigin.APPRAISAL
    assert made.content_version == version + 2
    assert session.scalar(select(func.count()).select_from(ChangeSource)) == 3


def test_what_is_refused_leaves_nothing(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = revise(session, made, actor)
    third = add(session, made, actor)
    ids = {one.path: one.id for one in queries.provisions_of(session, second)}

    def give(*chosen: object, source: ChangeOrigin = ChangeOrigin.APPRAISAL, note: str = "", by: Actor = actor) -> None:
        change_sources.give_sources(session, made, second, chosen, source, note, by, NOW)  # type: ignore[arg-type]

    for wrong, field in (
        ({}, "change"),
        ({"source": ChangeOrigin.OTHER}, "note"),
        ({"note": "x" * 501}, "note"),
    ):
        with pytest.raises(Invalid) as caught:
            give(*((ids["d4"],) if field == "note" else ()), **wrong)  # type: ignore[arg-type]
        assert set(caught.value.errors) == {field}
    with pytest.raises(NotFound):
        give(new_id())
    with pytest.raises(NotFound):
        give(ids["d4"], queries.provisions_of(session, third)[0].id)
    with pytest.raises(Refused, match="sign_in_needed"):
        give(ids["d4"], by=Actor())
    with pytest.raises(NotFound):
        change_sources.give_sources(session, made, third, [ids["d4"]], ChangeOrigin.APPRAISAL, "", actor, NOW)
    assert session.scalar(select(func.count()).select_from(ChangeSource)) == 0
