"""The whole: a corpus made, loaded, audited; what was found held against what was planted, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.load import load_batch
from tests.corpus.bodies import Year, bodies
from tests.corpus.copies import plant_copies, repeated
from tests.corpus.faults import plant_faults
from warehouse.audit.run import audit
from warehouse.lake import Warehouse
from warehouse.reuse.measure import measure

BATCH = 1_000


@dataclass
class Score:
    """One rule: what was planted and found, what was planted and missed, what was found and not planted."""

    right: list[object] = field(default_factory=list)
    missed: list[object] = field(default_factory=list)
    false: list[object] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.false))


def judged(warehouse: Warehouse, count: int, rounds: int, seed: int) -> dict[str, Score]:
    """Each rule's score on a corpus of `count` bodies with each fault planted `rounds` times."""
    sound = bodies(count, seed)
    years = plant_faults(sound, rounds, seed + 1)
    identities = plant_copies(sound, 0.15, seed + 2)
    for start in range(0, len(years), BATCH):
        load_batch(warehouse, [each.built() for each in years[start : start + BATCH]])
    audit(warehouse)
    measure(warehouse)
    scores = _rules(warehouse, years)
    extra = {each.number for each in years[len(sound) :]}
    planted = repeated(sound, identities)
    found = {
        place
        for row in warehouse.rows(
            "SELECT uri, u.concept, against FROM reuse u JOIN reports USING (document_id) "
            "WHERE is_repeated AND other_document_id IS NOT NULL"
        )
        if (place := (_number(row["uri"]), row["concept"], row["against"]))[0] not in extra
    }
    for against in ("previous_year", "other_body"):
        scores[f"reuse {against}"] = _score(
            {each for each in planted if each[2] == against}, {each for each in found if each[2] == against}
        )
    return scores


def _rules(warehouse: Warehouse, years: list[Year]) -> dict[str, Score]:
    rows = warehouse.rows(
        "SELECT DISTINCT rule, uri FROM checks JOIN reports USING (document_id) "
        "WHERE stage = 'audit' AND NOT passed"
    )
    names = sorted({row["rule"] for row in warehouse.rows("SELECT rule FROM rules")})
    return {
        rule: _score(
            {each.number for each in years if rule in each.planted},
            {_number(row["uri"]) for row in rows if row["rule"] == rule},
        )
        for rule in names
    }


def _number(uri: str) -> int:
    return int(uri.removeprefix("pages/").removesuffix(".html"))


def _score(planted: set[object], found: set[object]) -> Score:
    return Score(*(sorted(each, key=str) for each in (planted & found, planted - found, found - planted)))


def table(scores: dict[str, Score]) -> str:
    """The scores as lines for people."""
    lines = [f"{'rule':<22}{'planted':>8}{'found':>8}{'recall':>8}{'precision':>11}"]
    for rule, score in scores.items():
        planted, found = len(score.right) + len(score.missed), len(score.right) + len(score.false)
        lines.append(f"{rule:<22}{planted:>8}{found:>8}{score.recall:>8.3f}{score.precision:>11.3f}")
    return "\n".join(lines)
