"""Broken files through real worker processes: no crash of the run, no hang past the limit, memory bounded,
and each file read or refused with a reason.

    python -m tests.formats.fuzz --count 3000 --seed 1 [--formats docx …] [--files OUT]

Files are made from the smallest labelled pages in each format (`convert.make`, kept in OUT if it is given).
Prints what became of them by format; exits 1 when a file was lost without a word.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import flows.workers
from flows.archives import open_archives
from flows.outcome import Job
from flows.workers import Workers
from tasks.fetch import discover
from tests.formats.convert import make, producer
from tests.formats.mutate import bombs, mutated
from tests.formats.printed import Scan, scans
from tests.tasks.archives.made import rarred, seven_zipped, zipped
from warehouse.place import place_of

WEB = ("html", "mhtml")
BY_LIBRARY = ("docx", "xlsx", "doc", "xls", "rtf", "pdf", "ofd")
PACKED = {"zip": zipped, "7z": seven_zipped, "rar": rarred}
IMAGES = ("png", "jpeg", "tiff")  # read by the extra `ocr`
FORMATS = (*WEB, *BY_LIBRARY, *PACKED, *IMAGES)
PICTURE, PART = Scan(72), slice(20, 220)
BASES = 3  # files that are broken
GROUP = 100
MEMORY_BYTES = 1_500_000_000
SECONDS = 30  # of a step, for the run of the fuzz


@dataclass
class Counts:
    """What became of the files of a format, and the worst of it."""

    read: int = 0
    refused: int = 0
    slow: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    died: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)  # errors that no reader meant
    lost: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def line(self, name: str) -> str:
        total = self.read + self.refused
        words = f"{name:<6} {total:>6} files: {self.read:>6} read, {self.refused:>6} refused"
        kinds = (
            f"{len(self.died)} died, {len(self.slow)} slow, {len(self.large)} large, {len(self.lost)} lost"
        )
        return f"{words}, of these {kinds}; {sum(self.faults.values())} faults; {self.seconds:.0f} s"


def bases(name: str, out: Path) -> dict[str, bytes]:
    """The files to break, by their names; those the machine has no producer for are none."""
    if name in PACKED:
        members = {path.name: path.read_bytes() for path in make("html", out)[-4:-2]}
        return {f"a.{name}": PACKED[name](members)}
    program = producer("pdf-chromium" if name in IMAGES else name)
    if program and not shutil.which(program):
        return {}
    if name in IMAGES:
        return {f"a.{name}": pictured(name, out)} if find_spec("rapidocr") else {}
    smallest = sorted(make(name, out), key=lambda path: path.stat().st_size)
    return {path.name: path.read_bytes() for path in smallest[:BASES]}


def pictured(name: str, out: Path) -> bytes:
    """A few words of a labelled page as a picture: small, since each one that is read costs recognition."""
    from PIL import Image

    page = scans(make("pdf-chromium", out)[0], PICTURE)[0]
    file = BytesIO()
    options = {"compression": "tiff_lzw"} if name == "tiff" else {}
    Image.fromarray(page[PART, PART, ::-1]).save(file, name, dpi=(PICTURE.dpi, PICTURE.dpi), **options)
    return file.getvalue()


def fuzz(name: str, whole: dict[str, bytes], count: int, seed: int) -> Counts:
    """Break files of a format and read them."""
    dice = random.Random(f"{name} {seed}")
    files = list(whole.items())
    broken = {}
    for number in range(count if files else 0):
        base, content = files[number % len(files)]
        broken[f"{number:05d}-{base}"] = mutated(content, dice)
    return read(broken)


def read(files: dict[str, bytes]) -> Counts:
    """Put the files into folders, open their archives and read all by workers, as a run does."""
    counts = Counts()
    names = sorted(files)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        job = Job(place_of(home / "home").store, "fuzz", "fuzz", MEMORY_BYTES)
        with Workers(job, 1) as workers:
            for first in range(0, len(names), GROUP):
                folder = home / f"pages-{first}"
                folder.mkdir()
                for each in names[first : first + GROUP]:
                    (folder / each).write_bytes(files[each])
                _read_group(folder, home / "home", workers, counts)
                shutil.rmtree(folder)
    counts.seconds = time.monotonic() - start
    return counts


def _read_group(folder: Path, home: Path, workers: Workers, counts: Counts) -> None:
    candidates = open_archives(discover([str(folder)]), home).candidates
    outcome = workers.read(candidates)
    done = {each.uri for each in outcome.fetched} | {each.uri for each in outcome.failures}
    counts.read += len(outcome.fetched)
    counts.refused += len(outcome.failures)
    counts.lost += [each.uri for each in candidates if each.uri not in done]
    for failure in outcome.failures:
        words = f"{failure.uri}: {failure.message}"
        if "worker process died" in failure.message:
            counts.died.append(words)
        elif "It took more than" in failure.message:
            (counts.large if "memory" in failure.message else counts.slow).append(words)
        elif failure.advice == "Report this page to the project.":
            counts.faults[failure.message] += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", nargs="*", choices=FORMATS, default=FORMATS)
    parser.add_argument("--files", type=Path)
    given = parser.parse_args()
    out = given.files or Path(tempfile.mkdtemp(prefix="gongkai-fuzz-"))
    flows.workers.STEP_SECONDS = SECONDS
    lost = 0
    whole = {name: bases(name, out) for name in given.formats}
    os.environ["PATH"] = ""  # read without LibreOffice: it is another project's parser, and takes seconds
    for name in ("bombs", *given.formats):
        counts = read(bombs()) if name == "bombs" else fuzz(name, whole[name], given.count, given.seed)
        print(counts.line(name), flush=True)
        for words in (*counts.died, *counts.slow, *counts.large, *counts.lost)[:20]:
            print(f"    {words}")
        for words, times in counts.faults.most_common(20):
            print(f"    {times} x {words}")
        lost += len(counts.lost)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
