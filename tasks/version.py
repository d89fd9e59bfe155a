"""Which rules made a document's rows: the version that decides whether it must be extracted again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import seeds
import tasks

PACKAGE_VERSION = "0.1.0"  # as in pyproject.toml; a test keeps them equal

# What the rules are made of, below tasks/. Sample pages, fetching, loading and flows change no row.
_CODE = ("archives", "clean", "extract", "frozen.py", "kinds.py", "seeking.py", "traditional.py", "values.py")
_SAMPLE = "sample"
_SEEDS = frozenset({".py", ".csv", ".toml", ".gz", ".parquet", ".txt"})  # what pyproject.toml packages


@cache
def extractor_version() -> str:
    """The package's version and a hash over the code and seeds that clean and extract are made of.

    The same for a checkout and a wheel made of it; changed by any change of a rule.
    """
    code = Path(tasks.__file__).parent
    digest = hashlib.sha256()
    for folder, files in ((code, _code_files(code)), (seeds.FOLDER, _seed_files(seeds.FOLDER))):
        for path in files:
            digest.update(path.relative_to(folder.parent).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{PACKAGE_VERSION}+{digest.hexdigest()[:12]}"


def _code_files(folder: Path) -> list[Path]:
    roots = [folder / name for name in _CODE]
    files = [file for root in roots for file in (root.rglob("*.py") if root.is_dir() else [root])]
    return sorted(files)


def _seed_files(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.suffix in _SEEDS)
    return sorted(path for path in files if _SAMPLE not in path.relative_to(folder).parts)
