"""Which keys a database was made with: their fingerprints, never the keys themselves."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class KnownKey(Base):
    """A key that is, or was, in use on this database. Without it what was made with it is lost; whoever knows that it
    will not come back says so (`given_up_at`)."""

    __tablename__ = "known_key"

    purpose: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    given_up_at: Mapped[datetime | None]
