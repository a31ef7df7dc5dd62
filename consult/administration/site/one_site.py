"""Settings by which a site would be two without anybody noticing: each machine with data that no other one sees."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url

import config
from consult.files.places.opening import is_elsewhere

OF_THIS_MACHINE = re.compile(
    r"|/.*|(localhost(\.localdomain)?|127\.\d+\.\d+\.\d+|\[::1\])(:\d*)?|::1", re.IGNORECASE | re.ASCII
)
OF_A_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "gfs2", "ocfs2", "afs", "beegfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.s3fs", "fuse.rclone"}
)
"""Kinds of file systems that several machines have open: SQLite's log lies in memory that only one machine has."""
MOUNTS = Path("/proc/self/mountinfo")


def check(settings: Mapping[str, Any]) -> None:
    """Raises config.Misconfigured for a SQLite file that several machines could open, and for files on this machine's
    own disk beside a database that others can reach, unless CONSULT_SHARED or CONSULT_FILES_URL says that they lie
    where all see them."""
    url = make_url(settings["DATABASE_URL"])
    if url.get_backend_name() == "sqlite":
        _check_disk(Path(url.database or "").resolve())
    elif not settings["SHARED"] and not is_elsewhere(settings["FILES_FOLDER"]) and not on_this_machine(url):
        raise config.Misconfigured("files_split", name="CONSULT_SHARED", instance=settings["INSTANCE"])


def on_this_machine(url: URL) -> bool:
    """Whether a database is reached without leaving the machine: through a socket, or its own address. Where the
    address names no host libpq takes that of the environment; a service may be anywhere."""
    hosts = [url.host or "", *_given(url, "host")]
    named = any(hosts)
    hosts += _given(url, "hostaddr") or _environment("PGHOSTADDR", named)
    hosts += _environment("PGHOST", named)
    service = _given(url, "service") or _environment("PGSERVICE", named)
    return not service and all(OF_THIS_MACHINE.fullmatch(host) for host in hosts)


def _given(url: URL, name: str) -> list[str]:
    given = url.query.get(name, "")
    return [one for each in ([given] if isinstance(given, str) else given) for one in each.split(",") if one]


def _environment(name: str, named: bool) -> list[str]:
    return [] if named else [one for one in os.environ.get(name, "").split(",") if one]


def kind_of_disk(path: Path, mounts: Iterable[str]) -> str:
    """The kind of the file system that `path` lies on, by the lines of /proc/self/mountinfo; empty when none says."""
    length, kind = -1, ""
    for line in mounts:
        before, _, after = line.partition(" - ")
        place = before.split(" ")[4].replace("\\040", " ")
        # Of two at one place the later one is seen.
        if len(place) >= length and path.is_relative_to(place):
            length, kind = len(place), after.split(" ")[0]
    return kind


def _check_disk(file: Path) -> None:
    if not MOUNTS.exists():
        return
    kind = kind_of_disk(file, MOUNTS.read_text(errors="replace").splitlines())
    if kind in OF_A_NETWORK:
        raise config.Misconfigured("sqlite_on_network", name="CONSULT_DATABASE_URL", kind=kind)
