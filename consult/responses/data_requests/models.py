"""Requests of people about the data they left, and what was done about each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import User
from consult.relationships import belongs_to, has_many
from consult.responses.data_requests.words import Checked, RequestActKind, RequestKind
from consult.submissions.models import Submission


class DataRequest(Numbered, Base):
    """yêu cầu về dữ liệu cá nhân: what a sender asks of what they left in one submission, in their own words (`said`),
    by both codes (no `by_id`) or at the desk, where it was `checked` who asks. Its clock runs from `at`."""

    __tablename__ = "data_request"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "submission_id"),
    )

    number: Mapped[int]
    submission_id: Mapped[UUID]
    kind: Mapped[RequestKind] = mapped_column(coded(RequestKind))
    said: Mapped[str]
    checked: Mapped[Checked] = mapped_column(coded(Checked))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    submission: Mapped[Submission] = belongs_to("DataRequest.submission_id", "Submission")
    acts: Mapped[list["DataRequestAct"]] = has_many("DataRequest", "DataRequestAct.request_id", "DataRequestAct.at")


class DataRequestAct(Numbered, Base):
    """What was done about a request, by whom, when and why; `scope` names what is to be erased, or was. It never holds
    a word of what was erased or corrected."""

    __tablename__ = "data_request_act"
    __table_args__ = (
        key_of_consultation(),
        key_to("data_request", "request_id"),
        Index(None, "consultation_id", "request_id"),
    )

    request_id: Mapped[UUID]
    kind: Mapped[RequestActKind] = mapped_column(coded(RequestActKind))
    scope: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    request: Mapped[DataRequest] = belongs_to("DataRequestAct.request_id", "DataRequest")
    by: Mapped[User] = relationship()
