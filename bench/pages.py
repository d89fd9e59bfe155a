"""What reading one page costs: clean and extract, step by step, beside other parsers of the same pages.

    python -m bench.pages        (part of make bench)

Processor time, the best of several rounds for each page, the mean over the pages: other work on the machine
hardly shows. The pages are the HTML pages of ../shared/reports/constructed where that is, else the samples;
and the same again as Word exports of 300 kB (`bench.word`). trafilatura is in the extra `bench`.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

from selectolax.lexbor import LexborHTMLParser

import seeds
from bench.steps import REST, seconds_by_step
from bench.word import as_word_export
from tasks.clean import clean
from tasks.clean.charset import decode
from tasks.extract import extract
from tasks.values import Page

CONSTRUCTED = Path(__file__).parents[2] / "shared/reports/constructed/pages"
ROUNDS = 7
ROUNDS_OF_OTHERS = 2
"""Parsers that take twenty times as long vary less."""

GOALS = {"as published": 6.0, "Word export": 12.0}
"""Milliseconds a page for clean and extract together on two cores."""


def main() -> None:
    pages = html_pages()
    sets = {"as published": pages, "Word export": [as_word_export(page) for page in pages]}
    for page in pages:  # rules are compiled and seeds read once
        extract(clean(page))
    print(f"{len(pages)} HTML pages; milliseconds of processor time a page")
    for name, each in sets.items():
        size = mean(len(page.content) for page in each) / 1000
        print(f"\n{name}: {size:.0f} kB a page; goal: {GOALS[name]:.0f} ms for clean + extract")
        _compare(each)
        _steps(each)


def html_pages() -> list[Page]:
    """The pages to measure on."""
    folder = CONSTRUCTED if CONSTRUCTED.is_dir() else seeds.FOLDER / "sample"
    now = dt.datetime.now(dt.UTC)
    return [Page(p.name, str(folder), p.read_bytes(), None, now) for p in sorted(folder.glob("*.html"))]


def _compare(pages: list[Page]) -> None:
    texts = {page.uri: decode(page.content, None).text for page in pages}
    # Each round has a document of its own: what readers remember of the one in hand is none of its cost.
    documents = {page.uri: clean(page) for page in pages}
    ours = [best(lambda page=page: extract(clean(page))) for page in pages]  # type: ignore[misc]
    _line("gongkai: clean + extract", mean(ours), f"slowest page {1000 * max(ours):.1f}")
    _line("  clean", mean(best(lambda page=page: clean(page)) for page in pages))  # type: ignore[misc]
    _line("  extract", mean(best(lambda d=d: extract(replace(d))) for d in documents.values()))  # type: ignore[misc]
    parse = mean(best(lambda text=text: LexborHTMLParser(text)) for text in texts.values())  # type: ignore[misc]
    _line("selectolax: parse only", parse)
    try:
        trafilatura: Any = importlib.import_module("trafilatura")
    except ModuleNotFoundError:
        print("trafilatura is not installed: pip install -c constraints.txt -e '.[bench]'")
        return
    for words, with_metadata in (("trafilatura: text", False), ("trafilatura: text and metadata", True)):
        seconds = mean(
            best(
                lambda text=text, wanted=with_metadata: trafilatura.extract(text, with_metadata=wanted),  # type: ignore[misc]
                ROUNDS_OF_OTHERS,
            )
            for text in texts.values()
        )
        _line(words, seconds)


def best(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor seconds of the fastest of some rounds."""
    gc.collect()
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _line(words: str, seconds: float, note: str = "") -> None:
    print(f"  {words:<32}{1000 * seconds:>9.2f}   {note}".rstrip(), flush=True)


def _steps(pages: list[Page]) -> None:
    steps = seconds_by_step(pages, ROUNDS)
    print("  by step")
    for name, seconds in sorted(steps.items(), key=lambda step: (step[0] == REST, -step[1])):
        _line(f"  {name}", seconds, f"{seconds / sum(steps.values()):.0%}")


if __name__ == "__main__":
    main()
