"""The bodies that were asked in writing, as anybody may know of them: when, until when, which answered with a public
letter, and how the silence of the others stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitation_models import Invitation
from consult.consultations.invitations.silence import Silence
from consult.consultations.models import Consultation
from consult.responses.asked import replies
from consult.responses.statistics.letters import LetterLine, Letters


@dataclass(frozen=True)
class PublicBody:
    """A body that was asked, and the public letters it sent or signed, or whoever took over from it (`bodies`: all of
    them). `late` is by how many days the first of them came after the day to reply by; without one, how many days that
    day has passed, in which `may_send` says whether its letter is still taken."""

    invitation: Invitation
    letters: list[LetterLine]
    late: int
    silence: Silence
    may_send: bool
    bodies: frozenset[UUID]

    def cosigned(self, line: LetterLine) -> bool:
        """Whether a letter is another body's, which this one signed too."""
        return line.organisation_id not in self.bodies


def asked_bodies(session: Session, consultation: Consultation, letters: Letters, now: datetime) -> list[PublicBody]:
    """The bodies asked, by name, in six statements."""
    bodies = replies.asked_bodies(session, consultation, now)
    heirs = replies.heirs_of(session, [one.invitation.organisation_id for one in bodies])
    found = []
    for one in bodies:
        bodies_of_it = heirs[one.invitation.organisation_id]
        sent = letters.by(bodies_of_it)
        came = min((line.received_on for line in sent), default=clock.local_day(now))
        late = replies.days_after(one.invitation.reply_by, came)
        found.append(PublicBody(one.invitation, sent, late, one.silence, one.may_send, bodies_of_it))
    return found


def others(letters: Letters, bodies: Iterable[PublicBody]) -> list[LetterLine]:
    """The public letters of those who were not asked."""
    listed = {line for body in bodies for line in body.letters}
    return [line for line in letters.public if line not in listed]
