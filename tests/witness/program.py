"""docs/witness.py as the file that a witness has: it shares no code with the site."""

import importlib.util
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.house.rooms import CHECKOUT

PROGRAM = CHECKOUT / "docs" / "witness.py"
NAME = "bao.example.vn/nhan-chung"


def loaded() -> ModuleType:
    """The program as a module."""
    specification = importlib.util.spec_from_file_location("witness", PROGRAM)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["witness"] = module
    specification.loader.exec_module(module)
    return module


PROGRAM_OF_WITNESS = loaded()


def made(folder: Path, vkey: str, site: bool = True) -> Any:
    """A witness in a new folder that trusts a key."""
    PROGRAM_OF_WITNESS.make(folder, NAME)
    witness = PROGRAM_OF_WITNESS.Witness(folder)
    witness.trust(vkey, site)
    return witness


@contextmanager
def answering(witness: Any) -> Iterator[str]:
    """The address below which a witness answers meanwhile."""

    class Quiet(PROGRAM_OF_WITNESS.handler_of(witness)):  # type: ignore[misc]
        def log_message(self, *_said: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
