"""What stands beside comments in tables of its own."""

from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, OfConsultation, key_of_consultation


class TakenBack(OfConsultation, Base):
    """Something that was taken back, the `position`th of its matter; `least` is the lowest number of its comments."""

    __tablename__ = "taken_back"
    __table_args__ = (key_of_consultation(),)

    position: Mapped[int] = mapped_column(primary_key=True)
    least: Mapped[int]
