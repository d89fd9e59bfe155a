"""Writes generated pages with their gold, or runs the engine on them.

python -m tests.generate --count 200 --seed 1 --out DIR    pages/ and gold.jsonl for score.py
python -m tests.generate --count 300 --seed 1 --check      failures per mutation and their causes
python -m tests.generate --seed 17 --show                  one page: mutations, differences, its text
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.generate.compare import Outcome
from tests.generate.page import generate
from tests.generate.run import causes, read, run


def write(first: int, count: int, folder: Path) -> None:
    """`pages/` and `gold.jsonl` below `folder`."""
    pages = folder / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for seed in range(first, first + count):
            page = generate(seed)
            (pages / page.name).write_bytes(page.content)
            gold.write(json.dumps(page.gold, ensure_ascii=False) + "\n")


def describe(seed: int, outcome: Outcome) -> str:
    """The differences of one page, a few of each kind."""
    lines = []
    for kind in ("silent", "guessed", "missing", "flagged", "prose_missed", "prose_wrong", "fields"):
        found = getattr(outcome, kind)
        lines += [f"  {kind} ({len(found)}): {line}" for line in found[:4]]
    return f"seed {seed}\n" + "\n".join(lines)


def check(first: int, count: int) -> None:
    """The failure tables of a run."""
    tally = run(range(first, first + count))
    print(tally.table())
    print(tally.summary())
    for title, fails in (
        ("form figures", lambda o: o.form_failed),
        ("prose", lambda o: bool(o.prose_missed or o.prose_wrong)),
    ):
        print(f"\ncauses, {title} (smallest sets of mutations that still fail)")
        for names, seeds in causes(tally, fails).items():
            print(f"{len(seeds):5}  {', '.join(names)}  seeds {seeds[:3]}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.generate")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    if args.out:
        write(args.seed, args.count, args.out)
    if args.check:
        check(args.seed, args.count)
    if args.show:
        page = generate(args.seed)
        print(page.name, *page.mutations)
        print(describe(args.seed, read(page)))


if __name__ == "__main__":
    main()
