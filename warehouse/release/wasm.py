"""DuckDB for the browser: the two large files that the SQL page runs on, from the npm package.

They are 35 MB, too many for the wheel: npm brings them once into a cache, and each release gets a copy.
Without npm the release is whole but for its SQL page, which says so. What comes is checked by known hashes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from warehouse.release.datapackage import sha256

PACKAGE = "@duckdb/duckdb-wasm"
VERSION = "1.32.0"
FILES = {
    "duckdb-eh.wasm": "4c221bfa59c11f24dbd750e70c90b9252eca6eec5633936e6a2ec766e55fd879",
    "duckdb-browser-eh.worker.js": "f8ab72b6b90b3ad83077d47426d4a99d5d9a4c7e07cba1a2be37d655adc7c1ab",
}
SECONDS = 600
"""For some 60 MB over a slow line."""


def provide_wasm(vendor: Path) -> str:
    """Put the files into `vendor`; returns why that could not be done, or nothing."""
    cache = _cache()
    if not _is_whole(cache):
        trouble = _fetch(cache)
        if trouble:
            return trouble
    vendor.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(cache / name, vendor / name)
    return ""


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "gongkai" / f"duckdb-wasm-{VERSION}"


def _is_whole(folder: Path) -> bool:
    return all((folder / name).is_file() and sha256(folder / name) == known for name, known in FILES.items())


def _fetch(cache: Path) -> str:
    npm = shutil.which("npm")
    if npm is None:
        return f"npm is not installed: install Node.js, or put {', '.join(FILES)} into {cache}"
    with tempfile.TemporaryDirectory(prefix="gongkai-npm-") as name:
        folder = Path(name)
        command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", name]
        try:
            run = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return f"npm did not bring {PACKAGE}@{VERSION} within {SECONDS} seconds"
        packed = next(folder.glob("*.tgz"), None)
        if run.returncode or packed is None:
            return f"npm could not bring {PACKAGE}@{VERSION}: {_last_line(run.stderr)}"
        return _unpack(packed, cache)


def _unpack(packed: Path, cache: Path) -> str:
    cache.mkdir(parents=True, exist_ok=True)
    with tarfile.open(packed) as archive:
        for name in FILES:
            member = archive.extractfile(f"package/dist/{name}")
            if member is None:
                return f"{PACKAGE}@{VERSION} has no {name}"
            draft = cache / f".{name}.{os.getpid()}"
            with member, draft.open("wb") as file:
                shutil.copyfileobj(member, file)
            draft.replace(cache / name)
    return "" if _is_whole(cache) else f"{PACKAGE}@{VERSION} from npm is not what was expected"


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"
