"""What a database has taken over from the project's own data."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class ReleasedRow(Base):
    """A row of reference data as a release gave it and this database took it: what differs from it, people changed."""

    __tablename__ = "released_row"

    table: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
