"""What decides whether a kept public page is still true: one statement for each address, on a bare connection."""

import re
from datetime import datetime

from sqlalchemy import Engine, bindparam, func, select

from consult import clock
from consult.consultations.models import Consultation
from consult.stages import Stage, stage_of

LISTS = frozenset({"/", "/lay-y-kien/"})
STANDING = frozenset({"/tiep-can/", "/to-cao-khieu-nai/"})
OF_MATTER = re.compile(r"/lay-y-kien/(?P<slug>[a-z0-9-]{1,80})/(?:(?:du-thao|tai-lieu|y-kien|tong-hop)/(?:.*/)?)?")
"""The shared pages of a matter: what is not named here (forms, downloads, exports) is never kept."""

PUBLISHED = select(func.count(), func.sum(Consultation.content_version)).where(Consultation.published_at.is_not(None))
MATTER = select(
    Consultation.content_version,
    Consultation.published_at,
    Consultation.withdrawn_at,
    Consultation.concluded_at,
    Consultation.opens_at.label("opens_at"),
    Consultation.closes_at.label("closes_at"),
).where(Consultation.slug == bindparam("slug"))


def state_of(engine: Engine, path: str, now: datetime) -> str | None:
    """The state of what `path` shows at the instant `now`, as a text that changes when the page would.

    None for addresses that are not shared pages, or of a matter that is not public. A stage changes at midnight or
    with an act, so that the local date, the stage and the version of the content name it.
    """
    today = clock.local_day(now).isoformat()
    if path in STANDING:
        return today
    matched = None if path in LISTS else OF_MATTER.fullmatch(path)
    if matched is None and path not in LISTS:
        return None
    with engine.connect() as connection:
        if matched is None:
            count, versions = connection.execute(PUBLISHED).one()
            return f"{count}:{versions}:{today}"
        facts = connection.execute(MATTER, {"slug": matched["slug"]}).one_or_none()
    stage = stage_of(facts, now) if facts is not None else Stage.DRAFTING
    return None if facts is None or stage is Stage.DRAFTING else f"{facts.content_version}:{stage}:{today}"
