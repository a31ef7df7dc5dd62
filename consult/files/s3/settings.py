"""The stores as S3 that the settings name, and what opens each: that comes from the environment of the process."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.command_line.setting_values import Misconfigured
from consult.files.s3.address import Address, address_of


@dataclass(frozen=True)
class Setting:
    """The names of what is set for a store: its address, and the two that open it."""

    url: str
    key: str
    secret: str


FILES = Setting("CONSULT_FILES_URL", "CONSULT_FILES_KEY", "CONSULT_FILES_SECRET")
BACKUPS = Setting("CONSULT_BACKUP_URL", "CONSULT_BACKUP_URL_KEY", "CONSULT_BACKUP_URL_SECRET")
SEALED_FOR = "CONSULT_BACKUP_KEY"


@dataclass(frozen=True)
class Credentials:
    """What requests are signed with. It shows itself nowhere."""

    key: str = field(repr=False)
    secret: str = field(repr=False)


def credentials_of(environ: Mapping[str, str] | None = None, setting: Setting = FILES) -> Credentials:
    """What the environment gives to sign with. Raises Misconfigured where it gives nothing."""
    given = os.environ if environ is None else environ
    for name in (setting.key, setting.secret):
        if not given.get(name, "").strip():
            raise Misconfigured("no_file_store_key", name=name, url=setting.url)
    return Credentials(given[setting.key].strip(), given[setting.secret].strip())


def set_in(given: Mapping[str, str], setting: Setting) -> Address | None:
    """The address of a store; None where none is set. Raises Misconfigured for one that is none or that nothing
    opens."""
    said = given.get(setting.url, "").strip()
    if not said:
        return None
    credentials_of(given, setting)
    return address_of(said, setting.url)


def for_backups(given: Mapping[str, str]) -> str:
    """The address of the second place of backups; empty where none is set. Raises Misconfigured also where they would
    be sent unsealed, or into the very bucket whose loss they are for."""
    store, files = set_in(given, BACKUPS), set_in(given, FILES)
    if store is None:
        return ""
    if not given.get(SEALED_FOR, "").strip():
        raise Misconfigured("backup_not_sealed", name=BACKUPS.url, other=SEALED_FOR)
    if files is not None and (files.endpoint, files.bucket) == (store.endpoint, store.bucket):
        raise Misconfigured("backup_among_files", name=BACKUPS.url, other=FILES.url)
    return str(store)
