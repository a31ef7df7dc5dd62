"""A Redis of the tests' own, reached through a socket in a temporary folder; it can be killed and started again."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as NotThere
from redis.retry import Retry

TRIES = 200
PAUSE = 0.05
"""Seconds between two tries to reach a server that was just started: ten in all."""


class RedisServer:
    """The server, its files and its address."""

    def __init__(self) -> None:
        # A short path: the name of a socket may not exceed 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="consult-redis-"))
        self.url = f"unix://{self.folder / 'redis.sock'}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and returns once it answers. Raises RuntimeError with the name of the Debian package."""
        program = shutil.which("redis-server")
        if program is None:
            raise RuntimeError("The tests need Redis: apt-get install redis-server (or run make test).")
        settings = ["--port", "0", "--unixsocket", str(self.folder / "redis.sock"), "--save", "", "--dir", "."]
        self.process = subprocess.Popen([program, *settings], cwd=self.folder, stdout=subprocess.DEVNULL)
        retry = Retry(ConstantBackoff(PAUSE), TRIES, (NotThere, OSError))
        with Redis.from_url(self.url, retry=retry) as client:
            client.ping()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        """Ends it, and takes its files away."""
        self.kill()
        shutil.rmtree(self.folder)
