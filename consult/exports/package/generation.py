"""Makes the package of a matter: one reading of the database, in bounded memory. `consult.exports.package.program` does
it beside the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports.official_templates import environment
from consult.exports.package import contents, state
from consult.exports.package.making import Tools
from consult.files.made_files import LatestFiles, MadeFiles
from consult.files.store import FileStore
from consult.official_papers import markup, word_file
from consult.outbox.orders import SiteOrder
from consult.submissions.comments.closings import closings


@dataclass(frozen=True)
class Site:
    """The folders and settings of the site that the package is made with; `notice` marks made-up data."""

    packages: str
    files: str
    url: str
    notice: str


class Order(SiteOrder[Site]):
    """What is to be made."""

    site_kind = Site


def make(session: Session, order: Order, seconds: Callable[[], float]) -> bool:
    """Makes it, with `seconds` for a stopwatch; False when somebody else is making that of this matter. Raises
    DamagedFile."""
    packages = MadeFiles(order.site.packages)
    with packages.alone(order.consultation_id) as mine:
        if mine:
            _make(session, order, packages, seconds)
        return mine


def _make(session: Session, order: Order, packages: MadeFiles, seconds: Callable[[], float]) -> None:
    begun, now, own_id = seconds(), order.now, order.consultation_id
    consultation = session.get_one(Consultation, own_id)
    # Both before anything else is read: what comes meanwhile makes this package an older one.
    made_of = state.state_of(session, consultation, now, order.site.notice)
    closed = closings(session, consultation)
    name = f"{now:%Y%m%d%H%M%S%f}"
    folder = packages.begin(own_id, name)
    packages.note_done(own_id, 0, contents.STEPS)
    done = partial(packages.note_done, own_id, of=contents.STEPS)
    contents.write(folder, session, consultation, tools_of(order.site), now, done)
    packages.finish(own_id, LatestFiles(name, made_of, 0, closed, now.isoformat(), seconds() - begun))


def tools_of(site: Site) -> Tools:
    """What the package is made with."""
    templates = environment(site.url)

    def text(name: str, **said: object) -> str:
        return templates.get_template(name).render(**said)

    def paper(template: str, **said: object) -> bytes:
        return word_file.written(markup.read(text(f"papers/{template}.xml", **said)), site.notice)

    return Tools(FileStore(site.files), text, paper, site.notice)
