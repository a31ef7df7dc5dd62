"""Files by their content: a folder where each file's name is its SHA-256, written once and never changed."""

import hashlib
from pathlib import Path

from consult.files.writing import write_whole


class FileStore:
    """Content-addressed files under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keeps `data` and returns its SHA-256 (hex). The file is complete and on disk before its name exists."""
        name = hashlib.sha256(data).hexdigest()
        path = self.path(name)
        if not path.exists():
            write_whole(path, data)
        return name

    def get(self, name: str) -> bytes:
        """The bytes of the file `name`; raises KeyError when there is none, ValueError when its content changed."""
        try:
            data = self.path(name).read_bytes()
        except FileNotFoundError as missing:
            raise KeyError(name) from missing
        if hashlib.sha256(data).hexdigest() != name:
            raise ValueError(f"the file {name} is not what it was")
        return data

    def path(self, name: str) -> Path:
        """Where the file `name` lies; raises ValueError for what is no SHA-256."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise ValueError("not a content hash")
        return self.folder / name[:2] / name
