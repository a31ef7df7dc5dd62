"""What is found now and then and kept: the certificate, the drill of restoring, the verification of the logs. And what
runs here, and whether it is being worked on."""

import platform
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from consult.administration.backups import last_drill
from consult.administration.condition import certificate, kept_results
from consult.administration.condition.findings import Finding, State, attention, broken, well
from consult.version import VERSION
from consult.web.health import schema_of
from consult.web.requests.maintenance import Switch
from consult.web.templating import moment

DRILL = last_drill.RECORD
"""What the drill of restoring leaves beside the state of the backups: `at`, `ok`, `lost`, `said`."""
DRILL_OLD = timedelta(days=100)
"""A quarter, and some days to find one for it."""
VERIFIED_OLD = timedelta(days=3)
SEEN_OLD = timedelta(days=3)
LAST_DAYS, FEW_DAYS = 7, 21
"""certbot renews thirty days before the end: what is left over is time to find out why it did not."""
LOOKED_AGAIN = timedelta(hours=12)


class CertificateCheck:
    """The certificate of the site, by a file that is named or by what its own address shows. The address is asked by
    `look`, a chore, and never by somebody who reads how the site is."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.file = settings["CERTIFICATE"]
        self.url = settings["SITE_URL"]
        self.folder = settings["CONDITION_FOLDER"]
        self.asks = settings["ENVIRONMENT"] == "production" and self.url.startswith("https://") and not self.file

    def look(self, _session: Session, now: datetime) -> None:
        """Asks the site's address, twice a day."""
        last = kept_results.moment(kept_results.last(self.folder, kept_results.CERTIFICATE).get("at"))
        if not self.asks or (last is not None and last <= now < last + LOOKED_AGAIN):
            return
        try:
            ends, problem = certificate.end_at(self.url)
            facts = {"ends": ends.isoformat(), "problem": problem}
        except certificate.NotSeen as why:
            facts = {"ends": "", "problem": str(why)}
        kept_results.keep(self.folder, kept_results.CERTIFICATE, {"at": now.isoformat(), **facts})

    def found(self, _session: Session, now: datetime) -> Finding:
        """How long it is still good."""
        if self.file:
            try:
                return _judged(certificate.end_in_file(Path(self.file)), now)
            except certificate.NotSeen:
                return broken("certificate", "no_file", name="CONSULT_CERTIFICATE", file=self.file)
        if not self.asks:
            return Finding("certificate", State.WELL, "none")
        kept = kept_results.last(self.folder, kept_results.CERTIFICATE)
        at, ends = kept_results.moment(kept.get("at")), kept_results.moment(kept.get("ends"))
        if at is None or now - at > SEEN_OLD:
            return attention("certificate", "not_looked")
        if ends is None:
            return attention("certificate", "no_answer", url=self.url)
        judged = _judged(ends, now)
        if judged.state is not State.BROKEN and kept.get("problem") == "not_trusted":
            return broken("certificate", "not_trusted", url=self.url)
        return judged


def _judged(ends: datetime, now: datetime) -> Finding:
    days = (ends - now).days
    told = {"days": days, "until": moment(ends)}
    if days < 0:
        return broken("certificate", "over", until=told["until"])
    if days < LAST_DAYS:
        return broken("certificate", "last_days", **told)
    return attention("certificate", "few_days", **told) if days < FEW_DAYS else well("certificate", **told)


def drill(instance: Path, _session: Session, now: datetime) -> Finding:
    """When restoring a backup was tried last, and whether it went well."""
    kept = kept_results.kept(instance / DRILL)
    at = kept_results.moment(kept.get("at"))
    if at is None:
        return attention("drill", "none")
    days = (now - at).days
    if not kept.get("ok"):
        return broken("drill", "failed", days=days, sentence=str(kept.get("said") or "–"))
    return attention("drill", "old", days=days) if now - at > DRILL_OLD else well("drill", days=days)


def verified(folder: Path, _session: Session, now: datetime) -> Finding:
    """When all logs were held against all data last, cosignatures too, and what came of it."""
    kept = kept_results.last(folder, kept_results.VERIFIED)
    at = kept_results.moment(kept.get("at"))
    if at is None:
        return attention("verified", "none")
    hours = round((now - at).total_seconds() / 3600)
    wrong = kept.get("broken") or []
    if wrong:
        return broken("verified", "failed", hours=hours, names=", ".join(map(str, wrong)))
    if now - at > VERIFIED_OLD:
        return attention("verified", "old", hours=hours)
    return well("verified", hours=hours, count=kept.get("count", 0), entries=kept.get("entries", 0))


def versions(engine: Any) -> Finding:
    """What runs here, for whoever is asked on the telephone."""
    schema = ", ".join(schema_of(engine) or ()) or "–"
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            version = ".".join(map(str, connection.dialect.server_version_info or ()))
        database = f"PostgreSQL {version}"
    else:
        database = f"SQLite {sqlite3.sqlite_version}"
    return well("versions", site=VERSION, schema=schema, python=platform.python_version(), database=database)


def maintenance(path: Path, _session: Session, now: datetime) -> Finding:
    """Whether the site is being worked on, and for longer than was said."""
    announced = Switch(path).state()
    if announced is None:
        return well("maintenance")
    if announced.until is not None and announced.until < now:
        return broken("maintenance", "late", until=moment(announced.until))
    how = "restored" if announced.restored else "closed" if announced.closed else "on"
    return attention("maintenance", how, began=moment(announced.began))
