"""One real server for all tests of this folder, started as deploy/consult-web.service starts it, in production."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy.orm import Session

import config
from consult.schema import configuration
from tests.application import SECRET, end, make_app
from tests.database import SqliteDatabases
from tests.server.wire import NAME, RealSite
from tests.spine.server import Server
from tests.transparency.lively import make_lively


@pytest.fixture(scope="session")
def site(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealSite]:
    """The site on a database in which a good deal has happened, behind one proxy, which the tests play."""
    folder, url = tmp_path_factory.mktemp("server"), sqlite_databases.fresh()
    environment = {
        "CONSULT_ENV": "production",
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_LEDGER_ORIGIN": f"{NAME}/ledger",
        "CONSULT_SITE_URL": f"https://{NAME}",
        "CONSULT_INSTANCE": str(folder / "instance"),
        "CONSULT_DATABASE_URL": url,
        "CONSULT_PROXIES": "1",
        "CONSULT_REQUIRE_TOTP": "0",
        "CONSULT_SUBMISSIONS_PER_MINUTE": "0",
        "CONSULT_FORM_SECONDS": "0",
    }
    app = make_app(url, folder, **config.settings(environment))
    command.stamp(configuration(url), "head")
    with app.extensions["consult.database"].session() as session:
        lively = make_lively(session, app.extensions["consult.files"])
    server = Server(environment)
    server.start()
    yield RealSite(app, server, lively.slug)
    server.kill()
    end(app)
    sqlite_databases.drop(url)


@pytest.fixture
def rows(site: RealSite) -> Iterator[Session]:
    """A session on the site's own database, for builders."""
    with site.session() as session:
        yield session
