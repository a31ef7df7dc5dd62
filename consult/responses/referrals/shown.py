"""What the page of a comment that was passed on shows of its way."""

from collections.abc import Sequence

from consult.responses.referrals.service import comment_of, of_comment
from consult.shown import About, Kind, Shown, digest
from consult.web.templating import day


def _way(about: About) -> Sequence[Shown]:
    comment = comment_of(about.session, about.matter, about.values["number"])
    rows = of_comment(about.session, comment)
    last = rows[-1] if rows else None
    said = [last.reply, last.reply_letter, str(last.replied_on), str(last.released_at)] if last else []
    texts = {"reply": last.reply, "replied_on": day(last.replied_on)} if last else {}
    return [Shown(str(comment.number), {"way": digest(len(rows), *said)}, texts)]


REFERRAL = Kind("referral", _way)
