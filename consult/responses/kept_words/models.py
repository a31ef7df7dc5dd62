"""In which comments of a matter each word stands, so that the desk finds them without reading every text."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, OfConsultation, key_of_consultation


class KeptWord(OfConsultation, Base):
    """One word in one block of a matter's comments: bit n of `bits` (the lowest first) stands for the comment n of the
    block. Derived from the texts and made anew from them whenever that is asked; `texts.py` says what the signs before
    a word mean. The empty word stands in every comment whose words are kept."""

    __tablename__ = "kept_word"
    __table_args__ = (key_of_consultation(), Index(None, "consultation_id", "block"))

    word: Mapped[str] = mapped_column(primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bits: Mapped[bytes]
