"""What a run has to do: which of the candidates found are new, changed, or done already."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from flows.archives import Found
from tasks.fetch import Candidate, Skipped, Stored
from tasks.load import Known, known_documents
from warehouse.lake import Warehouse

_CHUNK = 5_000  # ids asked for at once: one scan of three columns, and memory bounded by the run
_READERS = 8  # threads that hash files; hashing and reading both let go of the interpreter


@dataclass(frozen=True, slots=True)
class Plan:
    """`to_read` in the order of the uris; `known` are the uris among them that the warehouse holds."""

    to_read: tuple[Candidate, ...]
    known: frozenset[str]
    unchanged: int
    skipped: tuple[Skipped, ...]

    @property
    def discovered(self) -> int:
        return len(self.to_read) + self.unchanged


def plan_run(warehouse: Warehouse, found: Found, extractor_version: str | None) -> Plan:
    """Leave out what is done: loaded with the same bytes by the same rules (None: nothing is done).

    Only files that the warehouse knows are read here, to compare their bytes.
    """
    to_read: list[Candidate] = []
    known_uris: set[str] = set()
    with ThreadPoolExecutor(_READERS) as pool:
        for start in range(0, len(found.candidates), _CHUNK):
            chunk = found.candidates[start : start + _CHUNK]
            ids = [each.document_id for each in chunk]
            known = known_documents(warehouse, ids)
            there = [each for each, name in zip(chunk, ids, strict=True) if name in known]
            known_uris.update(each.uri for each in there)
            loaded = [known[name] for name in ids if name in known]
            done = pool.map(_is_done, there, loaded, repeat(extractor_version))
            finished = {each.uri for each, is_done in zip(there, done, strict=True) if is_done}
            to_read += [each for each in chunk if each.uri not in finished]
    unchanged = len(found.candidates) - len(to_read)
    known_to_read = frozenset(each.uri for each in to_read if each.uri in known_uris)
    return Plan(tuple(to_read), known_to_read, unchanged, found.skipped)


def _is_done(candidate: Candidate, loaded: Known, extractor_version: str | None) -> bool:
    if loaded.extractor_version != extractor_version:
        return False
    if isinstance(candidate, Stored):
        return candidate.sha256 == loaded.content_sha256
    try:
        with Path(candidate.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == loaded.content_sha256
    except OSError:
        return False  # fetching it will say what is wrong
