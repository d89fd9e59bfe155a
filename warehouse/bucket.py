"""An object store as a `Store`: any that speaks S3, with the usual variables of the environment.

`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION`, `AWS_ENDPOINT_URL` (for
stores other than Amazon's). DuckDB gets the same ones, as a secret of its connection.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tasks.errors import GongkaiError
from warehouse.contract import quoted
from warehouse.store import StoreDown

if TYPE_CHECKING:
    from obstore.store import S3Store

EXTRA = "Install it: pip install 'gongkai[s3]'"

# An outage of half a minute is sat out, with pauses of up to five seconds between attempts.
RETRIES = 30
RETRY_SECONDS = 60
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 5
DUCKDB_RETRIES = (("http_retries", 9), ("http_retry_wait_ms", 100), ("http_retry_backoff", 2))

CREDENTIALS = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a key that may read and write there."
# The first words found in what the store or its client says, lower case, decide.
WORDS = (
    ("nosuchbucket", "There is no bucket at {url}.", "Make it, or name another with --home."),
    ("requesttimetooskewed", "The store at {url} refuses this machine's clock.", "Set the clock right."),
    ("signaturedoesnotmatch", "The store at {url} refuses the credentials.", CREDENTIALS),
    ("invalidaccesskeyid", "The store at {url} refuses the credentials.", CREDENTIALS),
    ("accessdenied", "The store at {url} refuses the credentials.", CREDENTIALS),
    ("http code 403", "The store at {url} refuses the credentials.", CREDENTIALS),
    ("403 forbidden", "The store at {url} refuses the credentials.", CREDENTIALS),
)
DOWN = (
    "The store at {url} does not answer as it should: {error}",
    "Check AWS_ENDPOINT_URL and the network, then run it again; what was stored before is whole.",
)


class Bucket:
    """The store below `url`, `s3://bucket/prefix`."""

    def __init__(self, url: str) -> None:
        self.name = url
        parts = urlsplit(url)
        if not parts.netloc:
            raise GongkaiError(f"{url!r} names no bucket.", "Write s3://BUCKET/PREFIX.")
        if not (os.environ.get("AWS_ACCESS_KEY_ID") and os.environ.get("AWS_SECRET_ACCESS_KEY")):
            raise StoreDown(f"There are no credentials for the store at {url}.", CREDENTIALS)
        self._prefix = parts.path.strip("/")
        self._store = _connect(parts.netloc)

    def read(self, path: str) -> bytes:
        with self._told(path):
            return bytes(self._store.get(self._key(path)).bytes())

    def start(self, path: str, length: int) -> bytes:
        with self._told(path):
            size = self._store.head(self._key(path))["size"]
            if not size:
                return b""
            return bytes(self._store.get_range(self._key(path), start=0, end=min(size, length)))

    def write(self, path: str, content: bytes) -> None:
        """An object appears when it is whole."""
        with self._told(path):
            self._store.put(self._key(path), content)

    def upload(self, path: str, file: Path) -> None:
        """Write a file of this machine in parts, however large."""
        with self._told(path):
            self._store.put(self._key(path), file)

    def download(self, path: str, file: Path) -> None:
        """Read into a file of this machine, whose folder is made."""
        file.parent.mkdir(parents=True, exist_ok=True)
        with self._told(path), file.open("wb") as target:
            for part in self._store.get(self._key(path)):
                target.write(part)

    def has(self, path: str) -> bool:
        try:
            with self._told(path):
                self._store.head(self._key(path))
        except FileNotFoundError:
            return False
        return True

    def sizes(self, under: str, ending: str = "") -> Iterator[tuple[str, int]]:
        with self._told(under):
            for found in self._store.list(self._key(under)):
                for each in found:
                    path = each["path"].removeprefix(self._prefix).lstrip("/")
                    if path.endswith(ending):
                        yield path, each["size"]

    def remove(self, under: str) -> None:
        keys = [self._key(path) for path, _ in self.sizes(under)]
        with self._told(under):
            if keys:
                self._store.delete(keys)
            elif self.has(under):
                self._store.delete(self._key(under))

    def _key(self, path: str) -> str:
        return f"{self._prefix}/{path}".strip("/")

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        """What goes wrong in words of ours; a missing object is a `FileNotFoundError`."""
        from obstore.exceptions import BaseError, NotFoundError

        try:
            yield
        except FileNotFoundError as error:  # obstore's is one of these, too
            if "nosuchbucket" in str(error).lower():
                raise explanation(error, self.name) from error
            raise FileNotFoundError(f"{self.name}/{path}") from error
        except NotFoundError as error:
            if "nosuchbucket" in str(error).lower():
                raise explanation(error, self.name) from error
            raise FileNotFoundError(f"{self.name}/{path}") from error
        except (BaseError, OSError) as error:
            raise explanation(error, self.name) from error


def explanation(error: Exception, url: str) -> StoreDown:
    """What the store's error means for somebody who uses `url`."""
    said = str(error)
    plain = said.lower().replace(" ", "")
    for words, message, advice in WORDS:
        if words.replace(" ", "") in plain:
            return StoreDown(message.format(url=url), advice)
    line = said.strip().splitlines()[0] if said.strip() else type(error).__name__
    return StoreDown(DOWN[0].format(url=url, error=line[:300]), DOWN[1])


def _connect(bucket: str) -> S3Store:
    try:
        from obstore.store import S3Store
    except ImportError as error:
        raise GongkaiError("A home in an object store needs obstore.", EXTRA) from error
    settings: Any = {}
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        settings = {"endpoint": endpoint, "virtual_hosted_style_request": False}
    return S3Store(
        bucket,
        region=_region(),
        client_options={"allow_http": bool(endpoint and endpoint.startswith("http://")), "timeout": "60s"},
        retry_config={
            "max_retries": RETRIES,
            "retry_timeout": timedelta(seconds=RETRY_SECONDS),
            "backoff": {
                "init_backoff": timedelta(seconds=PAUSE_SECONDS),
                "max_backoff": timedelta(seconds=LONGEST_PAUSE_SECONDS),
                "base": 2,
            },
        },
        **settings,
    )


def _region() -> str:
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"


def duckdb_statements() -> list[str]:
    """What lets a DuckDB connection with httpfs at the same store, with the same patience."""
    values = {
        "KEY_ID": os.environ.get("AWS_ACCESS_KEY_ID", ""),
        "SECRET": os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
        "SESSION_TOKEN": os.environ.get("AWS_SESSION_TOKEN", ""),
        "REGION": _region(),
    }
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        values |= {"ENDPOINT": urlsplit(endpoint).netloc, "URL_STYLE": "path"}
        values["USE_SSL"] = "false" if endpoint.startswith("http://") else "true"
    given = ", ".join(f"{name} {quoted(value)}" for name, value in values.items() if value)
    return [
        *(f"SET {name} = {value}" for name, value in DUCKDB_RETRIES),
        f"CREATE OR REPLACE SECRET gongkai_store (TYPE s3, {given})",
    ]
