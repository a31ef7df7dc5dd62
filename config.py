"""Settings from the environment, with safe defaults; `docs/operating.md` explains each."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from consult.command_line.secret_setting import secrets
from consult.command_line.setting_values import Misconfigured as Misconfigured
from consult.command_line.setting_values import addresses, choice, command, flag, listed, number, rate, token
from consult.files.s3 import settings as stores

ROOT = Path(__file__).resolve().parent
# In a checkout; installed by pip, where Flask has its instances.
INSTANCE = ROOT / "instance" if (ROOT / "pyproject.toml").is_file() else Path(sys.prefix, "var", "consult-instance")
ENVIRONMENTS = ("development", "test", "production")
SEARCH_ENGINES = ("auto", "fts5", "postgresql", "whoosh")
LEDGER_SIGNATURES = ("ed25519", "ed25519+ml-dsa-44")
KEPT = ("files", "waiting", "answers", "unsent", "tables", "packages")
"""What lies in folders of these names, or on the store of files: what all machines of a site must see."""
COMMENDATION_FORMS = "Bằng khen; Giấy khen; Thư khen; Biểu dương"
OWNER = (
    "CONSULT_OWNER_ADDRESS", "CONSULT_OWNER_TELEPHONE", "CONSULT_OWNER_MAIL", "CONSULT_OWNER_RESPONSIBLE",
    "CONSULT_OWNER_DATA_CONTACT", "CONSULT_OWNER_SECURITY_CONTACT",
)  # fmt: skip
TEXTS = (
    "CONSULT_SITE_NAME", "CONSULT_COMPLAINTS_ADDRESS", "CONSULT_OPERATOR_MAIL", "CONSULT_SMTP_HOST",
    "CONSULT_SMTP_USER", "CONSULT_SMTP_PASSWORD", "CONSULT_MESSAGE_URL", "CONSULT_MESSAGE_TOKEN",
    "CONSULT_MESSAGE_FROM", "CONSULT_WITNESSES", "CONSULT_IDENTITY_PROVIDERS",
)  # fmt: skip


@dataclass(frozen=True)
class Environment:
    """How the site runs: `production` refuses what would be unsafe; `development` and `test` do not."""

    name: str

    @property
    def production(self) -> bool:
        return self.name == "production"


def checkpoints_beside(instance: Path) -> Path:
    """Where the last signed checkpoints of a site are kept unless that is set: outside what a restore puts back."""
    return Path(f"{instance}-checkpoints")


def settings(environ: dict[str, str] | None = None) -> dict[str, Any]:
    """The Flask settings for `environ` (by default the process's own).

    Raises Misconfigured for a setting that is not what it should be, and when production lacks what it needs.
    """
    given = dict(os.environ if environ is None else environ)
    environment = Environment(given.get("CONSULT_ENV", "") or "development")
    _check_environment(given, environment)
    instance = Path(given.get("CONSULT_INSTANCE") or INSTANCE).resolve()
    shared = _shared_folder(given, instance)
    return {
        "ENVIRONMENT": environment.name,
        "TESTING": environment.name == "test",
        "DEMO": flag(given, "CONSULT_DEMO", False),
        **secrets(given, environment.production, instance),
        "INSTANCE": instance,
        "SHARED": bool(given.get("CONSULT_SHARED")),
        **_kept_at(given, shared),
        "DATABASE_URL": _database(given, f"sqlite:///{instance / 'consult.sqlite'}"),
        "DATABASE_SYNCHRONOUS": "FULL",
        "DATABASE_REPLICA_URL": _database(given, "", "CONSULT_DATABASE_REPLICA_URL"),
        "REPLICA_SECONDS": number(given, "CONSULT_REPLICA_SECONDS", 5, least=1, most=3600),
        "DATABASE_POOL": number(given, "CONSULT_DATABASE_POOL", 5, least=1, most=1000),
        "DATABASE_POOL_MORE": number(given, "CONSULT_DATABASE_POOL_MORE", 10, most=1000),
        "THREADS": number(given, "CONSULT_THREADS", 4, least=1, most=1000),
        "PAGE_IMAGES_FOLDER": instance / "page-images",
        "PAGE_IMAGES_BYTES": number(given, "CONSULT_PAGE_IMAGES_BYTES", 512 * 1024 * 1024),
        "SANDBOX_MEMORY": number(given, "CONSULT_SANDBOX_MEMORY", 0),
        "SCANNER": command(given, "CONSULT_SCANNER"),
        "CONVERTED_FOLDER": instance / "converted",
        "TABLES_BYTES": number(given, "CONSULT_TABLES_BYTES", 256 * 1024 * 1024),
        **{name: given.get(f"CONSULT_{name}", "") for name in ("RECOGNISER", "CONVERTER")},
        "SEARCH_FOLDER": instance / "search",
        "SEARCH_ENGINE": choice(given, "CONSULT_SEARCH_ENGINE", "auto", SEARCH_ENGINES),
        "MAIL_FOLDER": shared / "mail",
        "KEYS_FOLDER": _keys_folder(given, instance),
        "LOG": choice(given, "CONSULT_LOG", "text", ("text", "json")),
        "METRICS_TOKEN": token(given, "CONSULT_METRICS_TOKEN"),
        "METRICS_FOLDER": instance / "metrics",
        "CONDITION_FOLDER": shared / "condition",
        "CERTIFICATE": given.get("CONSULT_CERTIFICATE", ""),
        "ALERT_MAIL": addresses(given, "CONSULT_ALERT_MAIL"),
        "MAINTENANCE_FILE": shared / "maintenance.json",
        "CHECKPOINTS_FOLDER": Path(given.get("CONSULT_CHECKPOINTS") or checkpoints_beside(instance)),
        "LEDGER_ORIGIN": given.get("CONSULT_LEDGER_ORIGIN", "consult.invalid/ledger"),
        "LEDGER_SIGNATURES": choice(given, "CONSULT_LEDGER_SIGNATURES", "ed25519", LEDGER_SIGNATURES),
        "WITNESS_QUORUM": number(given, "CONSULT_WITNESS_QUORUM", 1, most=32),
        "REDIS_URL": given.get("CONSULT_REDIS_URL", "").strip(),
        "RATE_LIMIT_FILE": instance / "limits.sqlite",
        "SITE_URL": _site(given).rstrip("/"),
        "SITE_OWNER": given.get("CONSULT_OWNER_NAME", ""),
        "OWNER": {name.removeprefix("CONSULT_OWNER_").lower(): given.get(name, "") for name in OWNER},
        "SMTP_PORT": number(given, "CONSULT_SMTP_PORT", 587, least=1, most=65535),
        "SMTP_STARTTLS": flag(given, "CONSULT_SMTP_STARTTLS", True),
        "MAIL_FROM": given.get("CONSULT_SMTP_FROM", ""),
        **{name.removeprefix("CONSULT_"): given.get(name, "") for name in TEXTS},
        "EDXML_DIALECT": choice(given, "CONSULT_EDXML_DIALECT", "national", ("national", "provincial")),
        "DATA_REQUEST_DAYS": number(given, "CONSULT_DATA_REQUEST_DAYS", 2, least=1, most=60),
        "SET_ASIDE_DAYS": number(given, "CONSULT_SET_ASIDE_DAYS", 5, least=1, most=60),
        "QUESTION_DAYS": number(given, "CONSULT_QUESTION_DAYS", 10, least=1, most=60),
        "SECOND_WORD_DAYS": number(given, "CONSULT_SECOND_WORD_DAYS", 10, least=1, most=90),
        "FINAL_ANSWER_DAYS": number(given, "CONSULT_FINAL_ANSWER_DAYS", 15, least=1, most=90),
        "FINAL_ANSWERS_FIRST": flag(given, "CONSULT_FINAL_ANSWERS_FIRST", True),
        "BACKUP_FOLDER": Path(given.get("CONSULT_BACKUP_FOLDER", "")),
        "BACKUP_DAYS": number(given, "CONSULT_BACKUP_DAYS", 30, least=1, most=10_000),
        "BACKUP_KEY": given.get("CONSULT_BACKUP_KEY", "").strip(),
        "BACKUP_STORE": stores.for_backups(given),
        "PLAN_REMINDER_DAYS": number(given, "CONSULT_PLAN_REMINDER_DAYS", 15, most=90),
        "PLAN_AFTER_DAYS": number(given, "CONSULT_PLAN_AFTER_DAYS", 7, most=90),
        "PROMISE_REMINDER_DAYS": number(given, "CONSULT_PROMISE_REMINDER_DAYS", 7, most=90),
        "COMMENDATION_FORMS": listed(given, "CONSULT_COMMENDATION_FORMS", COMMENDATION_FORMS),
        "INSPECTION_NAMES_HOUSEHOLDS": given.get("CONSULT_INSPECTION_NAMES_HOUSEHOLDS", "0") == "1",
        "ROUND_OWN_REPORT_DAYS": number(given, "CONSULT_ROUND_OWN_REPORT_DAYS", 7, most=90),
        "ROUND_PLAN_DAYS": number(given, "CONSULT_ROUND_PLAN_DAYS", 15, most=90),
        "ROUND_REPORT_DAYS": number(given, "CONSULT_ROUND_REPORT_DAYS", 15, most=90),
        "SOLVED_WEEKS": number(given, "CONSULT_SOLVED_WEEKS", 4, most=52),
        "PLAN_REMINDER_MONTH": number(given, "CONSULT_PLAN_REMINDER_MONTH", 10, most=12),
        "MAILS_OF_ADDRESS": number(given, "CONSULT_MAILS_OF_ADDRESS", 5, least=1),
        "SUMMARY_SOUND_BYTES": number(given, "CONSULT_SUMMARY_SOUND_BYTES", 10 * 1024 * 1024),
        "PAGE_CACHE_BYTES": number(given, "CONSULT_PAGE_CACHE_BYTES", 64 * 1024 * 1024),
        "ATTACHMENTS": number(given, "CONSULT_ATTACHMENTS", 5),
        "ATTACHMENT_BYTES": number(given, "CONSULT_ATTACHMENT_BYTES", 10 * 1024 * 1024),
        "ATTACHMENT_PIXELS": number(given, "CONSULT_ATTACHMENT_PIXELS", 50000000),
        "FILES_OF_ADDRESS": rate(given, "CONSULT_FILES_OF_ADDRESS", "2000 per hour"),
        "SUBMISSIONS_PER_MINUTE": number(given, "CONSULT_SUBMISSIONS_PER_MINUTE", 1200),
        "FORM_SECONDS": number(given, "CONSULT_FORM_SECONDS", 0 if environment.name == "test" else 2, most=3600),
        "TICKET_HOURS": 24,
        "IDLE_MINUTES": number(given, "CONSULT_IDLE_MINUTES", 120, least=1),
        # Browsers take a cookie of such a name only from this very host, over TLS, and for all of its paths.
        "SESSION_COOKIE_NAME": "__Host-consult" if environment.production else "consult",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": environment.production,
        "PROXIES": number(given, "CONSULT_PROXIES", int(environment.production), most=10),
        "BABEL_DEFAULT_LOCALE": "vi",
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        # Signed-in pages send no referrer (see consult/web/headers.py); the token and the origin are checked instead.
        "WTF_CSRF_SSL_STRICT": False,
        "REQUIRE_TOTP": flag(given, "CONSULT_REQUIRE_TOTP", environment.production),
    }


def _site(given: dict[str, str]) -> str:
    said = given.get("CONSULT_SITE_URL", "") or "http://127.0.0.1:5000"
    try:
        parts = urlsplit(said)
        known = parts.scheme in {"http", "https"} and parts.hostname
    except ValueError:
        known = None
    if not known:
        raise Misconfigured("not_an_address", name="CONSULT_SITE_URL", given=said)
    return said


def _database(given: dict[str, str], default: str, name: str = "CONSULT_DATABASE_URL") -> str:
    said = given.get(name, "") or default
    if not said:
        return ""
    try:
        # Also makes sure that the driver is there.
        make_url(said).get_dialect().import_dbapi()
    except (SQLAlchemyError, ImportError, ValueError) as bad:
        # It may hold a password: what was given is not repeated.
        raise Misconfigured("not_a_database", name=name) from bad
    return said


def _check_environment(given: dict[str, str], environment: Environment) -> None:
    choice(given, "CONSULT_ENV", "development", ENVIRONMENTS)
    if environment.production and not given.get("CONSULT_LEDGER_ORIGIN"):
        raise Misconfigured("no_ledger_origin", name="CONSULT_LEDGER_ORIGIN")


def _shared_folder(given: dict[str, str], instance: Path) -> Path:
    """Where what every machine of the site must see lies. One that was named is never made: it is another disk's, and
    what would be put beside an absent one no other machine sees."""
    named = given.get("CONSULT_SHARED")
    if not named:
        return instance
    if not Path(named).is_absolute() or not Path(named).is_dir():
        raise Misconfigured("not_a_folder", name="CONSULT_SHARED", given=named)
    return Path(named).resolve()


def _kept_at(given: dict[str, str], shared: Path) -> dict[str, Any]:
    """Where what people send and what is made of it lies: in folders, or under the address of a store of files. What
    opens that stays in the environment (CONSULT_FILES_KEY, CONSULT_FILES_SECRET). Of a site of several machines also
    what they told together by mail."""
    store = stores.set_in(given, stores.FILES)
    if store is None:
        common = shared / "condition" if given.get("CONSULT_SHARED") else None
        return {f"{one.upper()}_FOLDER": shared / one for one in KEPT} | {"COMMON_ALERTS": common}
    if given.get("CONSULT_SHARED"):
        raise Misconfigured("files_twice", name="CONSULT_FILES_URL", other="CONSULT_SHARED")
    kept = {f"{one.upper()}_FOLDER": str(store.below(one)) for one in KEPT}
    return kept | {"COMMON_ALERTS": str(store.below("condition"))}


def _keys_folder(given: dict[str, str], instance: Path) -> Path:
    """Where the key ring lies. It held the ledger's keys alone once, and was named for them."""
    named = given.get("CONSULT_KEYS") or given.get("CONSULT_LEDGER_KEY")
    earlier = instance / "ledger-keys"
    return Path(named) if named else earlier if earlier.is_dir() else instance / "keys"
