"""Settings from the environment, with safe defaults; `docs/operating.md` explains each."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("development", "test", "production")
SEARCH_ENGINES = ("auto", "fts5", "whoosh")


class Misconfigured(click.ClickException):
    """The site must not start like this; the message says what to set. A command says it in that one sentence."""


@dataclass(frozen=True)
class Environment:
    """How the site runs: `production` refuses what would be unsafe; `development` and `test` do not."""

    name: str

    @property
    def production(self) -> bool:
        return self.name == "production"


def settings(environ: dict[str, str] | None = None) -> dict[str, Any]:
    """The Flask settings for `environ` (by default the process's own).

    Raises Misconfigured when production lacks its secret or its ledger's name, when nobody knows such an environment,
    or when a setting is none of what it can be.
    """
    given = dict(os.environ if environ is None else environ)
    environment = Environment(given.get("CONSULT_ENV", "development"))
    _check_environment(given, environment)
    instance = Path(given.get("CONSULT_INSTANCE", ROOT / "instance")).resolve()
    return {
        "ENVIRONMENT": environment.name,
        "TESTING": environment.name == "test",
        "DEMO": given.get("CONSULT_DEMO") == "1",
        **_secrets(given, environment, instance),
        "INSTANCE": instance,
        "DATABASE_URL": given.get("CONSULT_DATABASE_URL", f"sqlite:///{instance / 'consult.sqlite'}"),
        "DATABASE_SYNCHRONOUS": "FULL",
        "DATABASE_POOL": int(given.get("CONSULT_DATABASE_POOL", "5")),
        "DATABASE_POOL_MORE": int(given.get("CONSULT_DATABASE_POOL_MORE", "10")),
        "THREADS": int(given.get("CONSULT_THREADS", "4")),
        "FILES_FOLDER": instance / "files",
        "PAGE_IMAGES_FOLDER": instance / "page-images",
        "PAGE_IMAGES_BYTES": int(given.get("CONSULT_PAGE_IMAGES_BYTES", str(512 * 1024 * 1024))),
        "SANDBOX_MEMORY": int(given.get("CONSULT_SANDBOX_MEMORY", "0")),
        "SCANNER": given.get("CONSULT_SCANNER", ""),
        "TABLES_FOLDER": instance / "tables",
        "TABLES_BYTES": int(given.get("CONSULT_TABLES_BYTES", str(256 * 1024 * 1024))),
        "RECOGNISER": given.get("CONSULT_RECOGNISER", ""),
        "SEARCH_FOLDER": instance / "search",
        "SEARCH_ENGINE": _search_engine(given),
        "MAIL_FOLDER": instance / "mail",
        "KEYS_FOLDER": _keys_folder(given, instance),
        "LEDGER_ORIGIN": given.get("CONSULT_LEDGER_ORIGIN", "consult.invalid/ledger"),
        "RATE_LIMIT_FILE": instance / "limits.sqlite",
        "SITE_URL": given.get("CONSULT_SITE_URL", "http://127.0.0.1:5000").rstrip("/"),
        "SITE_NAME": given.get("CONSULT_SITE_NAME", ""),
        "SITE_OWNER": given.get("CONSULT_OWNER_NAME", ""),
        "COMPLAINTS_ADDRESS": given.get("CONSULT_COMPLAINTS_ADDRESS", ""),
        "SMTP_HOST": given.get("CONSULT_SMTP_HOST", ""),
        "SMTP_PORT": int(given.get("CONSULT_SMTP_PORT", "587")),
        "SMTP_USER": given.get("CONSULT_SMTP_USER", ""),
        "SMTP_PASSWORD": given.get("CONSULT_SMTP_PASSWORD", ""),
        "SMTP_STARTTLS": given.get("CONSULT_SMTP_STARTTLS", "1") == "1",
        "MAIL_FROM": given.get("CONSULT_SMTP_FROM", ""),
        "OPERATOR_MAIL": given.get("CONSULT_OPERATOR_MAIL", ""),
        "BACKUP_FOLDER": Path(given.get("CONSULT_BACKUP_FOLDER", "")),
        "BACKUP_DAYS": int(given.get("CONSULT_BACKUP_DAYS", "30")),
        "BACKUP_KEY": given.get("CONSULT_BACKUP_KEY", "").strip(),
        "MAILS_OF_ADDRESS": int(given.get("CONSULT_MAILS_OF_ADDRESS", "5")),
        "SUMMARY_SOUND_BYTES": int(given.get("CONSULT_SUMMARY_SOUND_BYTES", str(10 * 1024 * 1024))),
        "PAGE_CACHE_BYTES": int(given.get("CONSULT_PAGE_CACHE_BYTES", str(64 * 1024 * 1024))),
        "WAITING_FOLDER": instance / "waiting",
        "ATTACHMENTS": int(given.get("CONSULT_ATTACHMENTS", "5")),
        "ATTACHMENT_BYTES": int(given.get("CONSULT_ATTACHMENT_BYTES", str(10 * 1024 * 1024))),
        "ATTACHMENT_PIXELS": int(given.get("CONSULT_ATTACHMENT_PIXELS", "50000000")),
        "FILES_OF_ADDRESS": given.get("CONSULT_FILES_OF_ADDRESS", "2000 per hour"),
        "SUBMISSIONS_PER_MINUTE": int(given.get("CONSULT_SUBMISSIONS_PER_MINUTE", "1200")),
        "FORM_SECONDS": int(given.get("CONSULT_FORM_SECONDS", "0" if environment.name == "test" else "2")),
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 3000,
        "TICKET_HOURS": 24,
        "IDLE_MINUTES": int(given.get("CONSULT_IDLE_MINUTES", "120")),
        # Browsers take a cookie of such a name only from this very host, over TLS, and for all of its paths.
        "SESSION_COOKIE_NAME": "__Host-consult" if environment.production else "consult",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": environment.production,
        "PROXIES": _proxies(given, environment),
        "BABEL_DEFAULT_LOCALE": "vi",
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        # Signed-in pages send no referrer (see consult/web/headers.py); the token and the origin are checked instead.
        "WTF_CSRF_SSL_STRICT": False,
        "REQUIRE_TOTP": given.get("CONSULT_REQUIRE_TOTP", "1" if environment.production else "0") == "1",
    }


def _check_environment(given: dict[str, str], environment: Environment) -> None:
    if environment.name not in ENVIRONMENTS:
        raise Misconfigured(f"CONSULT_ENV must be one of {', '.join(ENVIRONMENTS)}, not {environment.name!r}.")
    if environment.production and not given.get("CONSULT_LEDGER_ORIGIN"):
        raise Misconfigured(
            "CONSULT_LEDGER_ORIGIN must be set in production: it names the ledger for good; see docs/operating.md."
        )


def _proxies(given: dict[str, str], environment: Environment) -> int:
    number = given.get("CONSULT_PROXIES", "1" if environment.production else "0").strip()
    if not (number.isascii() and number.isdigit()):
        raise Misconfigured(
            f"CONSULT_PROXIES must say how many proxies of our own stand in front, 0 or more, not {number!r}."
        )
    return int(number)


def _search_engine(given: dict[str, str]) -> str:
    engine = given.get("CONSULT_SEARCH_ENGINE", "auto")
    if engine not in SEARCH_ENGINES:
        raise Misconfigured(f"CONSULT_SEARCH_ENGINE must be one of {', '.join(SEARCH_ENGINES)}, not {engine!r}.")
    return engine


def _keys_folder(given: dict[str, str], instance: Path) -> Path:
    """Where the key ring lies. It held the ledger's keys alone once, and was named for them."""
    named = given.get("CONSULT_KEYS") or given.get("CONSULT_LEDGER_KEY")
    earlier = instance / "ledger-keys"
    return Path(named) if named else earlier if earlier.is_dir() else instance / "keys"


def _secrets(given: dict[str, str], environment: Environment, instance: Path) -> dict[str, Any]:
    """The session secret, and the earlier ones that what they signed is still taken with."""
    secret, older = _secret(given, environment, instance), given.get("CONSULT_SECRET_KEY_OLD", "")
    fallbacks = older.replace(",", " ").split()
    if environment.production and any(len(one) < 32 for one in fallbacks):
        raise Misconfigured("Each secret in CONSULT_SECRET_KEY_OLD must have at least 32 characters in production.")
    return {
        "SECRET_KEY": secret,
        "SECRET_KEY_FALLBACKS": fallbacks,
        "WTF_CSRF_SECRET_KEY": [*reversed(fallbacks), secret],
    }


def _secret(given: dict[str, str], environment: Environment, instance: Path) -> str:
    secret = given.get("CONSULT_SECRET_KEY", "")
    if secret:
        if environment.production and len(secret) < 32:
            raise Misconfigured("CONSULT_SECRET_KEY must have at least 32 characters in production.")
        return secret
    if environment.production:
        raise Misconfigured("CONSULT_SECRET_KEY must be set in production; see docs/operating.md.")
    return _kept_secret(instance / "secret-key")


def _kept_secret(path: Path) -> str:
    """A secret made once for this folder: development needs no setting, and sign-ins survive a restart."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(32).hex())
    return path.read_text()
