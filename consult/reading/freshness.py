"""What decides whether a kept public page is still true: one statement for each address, on a bare connection."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, bindparam, func, select

from consult import clock, replica
from consult.compiled_statements import CompiledStatement
from consult.consultations import slugs
from consult.consultations.models import Consultation, Counter
from consult.stages import Stage, stage_of

LISTS = frozenset({"/", "/lay-y-kien/", "/ket-qua/", "/tra-loi-dung-han/", "/du-lieu/", "/lien-he/"})
STANDING = frozenset(
    {"/tiep-can/", "/to-cao-khieu-nai/", "/gioi-thieu/", "/cach-gop-y/", "/cau-hoi/", "/du-lieu-ca-nhan/"}
)
OF_MATTER = re.compile(
    r"/lay-y-kien/(?P<slug>[a-z0-9-]{1,80}_?)/"
    r"(?:(?P<part>du-thao|tai-lieu|y-kien|tong-hop|so-lieu|tom-tat|van-ban|phan-bien|han-tra-loi|ban-hanh)/"
    r"(?:.*/(?:ma-qr\.svg|hinh\.png)?)?|hinh\.png|"
    r"niem-yet/(?:[a-z-]{1,20}\.pdf|tra-loi/[0-9A-Za-z]{1,20}/[0-9]{4}-[0-9]{2}-[0-9]{2}\.pdf)?)?"
)
"""The shared pages of a matter: what is not named here (forms, downloads, exports) is never kept."""

ACROSS = re.compile(r"/dia-ban/(?:[0-9A-Za-z]{1,20}/[0-9]{4}-[0-9]{2}-[0-9]{2}/)?|/du-an/[a-z0-9-]{1,200}/")
"""The pages of communes and projects, which say by the hour what came of all matters."""

FEED = re.compile(r"/theo-doi/(?:[a-z-]+/.+/)?(?:tin\.atom|lich\.ics)")
"""Feeds and calendars: what they tell changes with the content of some matter, and days by the calendar."""

BY_RECEIPT = re.compile(r"/lay-y-kien/[^/]*/(?:y-kien/(?:thong-ke/)?|tong-hop/|tai-lieu/.*/trang/[0-9]+/)")
"""The pages that list everything received: each comment makes them anew, and no other page."""

BY_MINUTE = "so-lieu"
"""The page of live numbers: it says to the minute when it was true."""

RECEIVED = select(Counter.value).where(Counter.consultation_id == Consultation.id, Counter.name == "comment")
PUBLISHED = CompiledStatement(
    select(func.count(), func.sum(Consultation.content_version)).where(Consultation.published_at.is_not(None))
)
MATTER = CompiledStatement(
    select(
        Consultation.content_version,
        Consultation.published_at,
        Consultation.withdrawn_at,
        Consultation.concluded_at,
        Consultation.opens_at,
        Consultation.closes_at,
        RECEIVED.correlate(Consultation).scalar_subquery(),
    ).where(Consultation.slug == bindparam("slug"))
)


ON_PAPER = "niem-yet/"
"""Notices to be printed bear the newest signed checkpoint: they are made of what was signed last."""


def of_everybody(path: str) -> bool:
    """Whether an address shows everybody the same, and may be read where the newest is a moment late."""
    matched = OF_MATTER.fullmatch(path)
    if matched:
        return f"/{ON_PAPER}" not in path
    return path in LISTS or any(pattern.fullmatch(path) for pattern in (ACROSS, FEED))


@dataclass(slots=True)
class FreshnessFacts:
    """What the page of a matter depends on, beside the day."""

    content_version: int
    published_at: datetime | None
    withdrawn_at: datetime | None
    concluded_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    received: int | None


class Freshness:
    """Tells the state of what an address shows. Called before anything else is done for a request."""

    def __init__(self, engine: Engine) -> None:
        self.primary = engine

    @property
    def engine(self) -> Engine:
        """Where the page will be read from: its state is that of the same database."""
        return replica.engine_of(self.primary)

    def __call__(self, path: str, now: datetime) -> str | None:
        """The state at the instant `now`, as a text that changes when the page would.

        None for addresses that are not shared pages, or of a matter that is not public. A stage changes at midnight
        or with an act, so that the local date, the stage and the version of the content name it. What is received
        and not yet released lets no other pages go than those that list it; lists of matters tell it by the minute.
        """
        today, minute = clock.local_day(now).isoformat(), f"{now:%H:%M}"
        if path in STANDING:
            return today
        if path in LISTS:
            count, versions = PUBLISHED.first_by_itself(self.engine) or (0, 0)
            return f"{count}:{versions}:{today}:{minute}"
        if ACROSS.fullmatch(path):
            count, versions = PUBLISHED.first_by_itself(self.engine) or (0, 0)
            return f"{count}:{versions}:{today}:{now:%H}"
        if FEED.fullmatch(path):
            count, versions = PUBLISHED.first_by_itself(self.engine) or (0, 0)
            return f"{count}:{versions}:{today}"
        matched = OF_MATTER.fullmatch(path)
        row = MATTER.first_by_itself(self.engine, slug=slugs.meant(matched["slug"])) if matched else None
        if row is None:
            return None
        facts = FreshnessFacts(*row)
        stage = stage_of(facts, now)
        if stage is Stage.DRAFTING or matched is None:
            return None
        state = f"{facts.content_version}:{stage}:{today}"
        if matched["part"] == BY_MINUTE:
            return f"{state}:{minute}"
        return f"{state}:{facts.received}" if BY_RECEIPT.fullmatch(path) else state
