"""What decides whether a kept public page is still true: one statement for each address."""

import re
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.stages import Stage, stage_of

LISTS = {"/", "/lay-y-kien/"}
OF_MATTER = re.compile(r"/lay-y-kien/(?P<slug>[a-z0-9-]{1,80})/(?P<rest>.*)")
NOT_SHARED = re.compile(r"gop-y/|tai-ve/")


def state_of(session: Session, path: str, now: datetime) -> str | None:
    """The state of what `path` shows at the instant `now`, as a text that changes when the page would.

    None for addresses that are not shared pages, or of a matter that is not public. A stage changes at midnight or
    with an act, so that the local date and the version of the content name it.
    """
    today = clock.local_day(now).isoformat()
    if path in LISTS:
        count, total = session.execute(
            select(func.count(), func.sum(Consultation.content_version)).where(Consultation.published_at.is_not(None))
        ).one()
        return f"{count}:{total}:{today}"
    match = OF_MATTER.fullmatch(path)
    if match is None or NOT_SHARED.match(match["rest"]):
        return None
    return _state_of_matter(session, match["slug"], today, now)


def _state_of_matter(session: Session, slug: str, today: str, now: datetime) -> str | None:
    facts = session.execute(
        select(
            Consultation.content_version,
            Consultation.published_at,
            Consultation.withdrawn_at,
            Consultation.concluded_at,
            Consultation.opens_at,
            Consultation.closes_at,
        ).where(Consultation.slug == slug)
    ).one_or_none()
    if facts is None:
        return None
    stage = stage_of(facts, now)
    return None if stage is Stage.DRAFTING else f"{facts.content_version}:{stage}:{today}"
