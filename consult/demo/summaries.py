"""What the demonstration tells in other languages."""

from collections.abc import Iterator

from consult.consultations.preparation.summaries import NewSummary, put_summary
from consult.demo import content
from consult.demo.matters import Scene
from consult.demo.voices import Act, once


def acts(scene: Scene) -> Iterator[Act]:
    """Each summary, put on the site by the first officer of the matter."""
    for row in content.parts(scene.slug, "summaries"):
        moment, new = (
            scene.calendar.at(row["day"], "10:00"),
            NewSummary(row["language"], row["text"], title=row["title"], question=row["question"]),
        )
        yield moment, once(put_summary, scene.session, scene.consultation, new, scene.officer, moment)
