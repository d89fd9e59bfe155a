from __future__ import annotations

from pathlib import Path

import pytest

from bench.audit import BODIES, fill, run
from warehouse.lake import open_warehouse


@pytest.mark.slow
def test_the_corpus_is_multiplied_into_bodies_and_words_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_warehouse(tmp_path / "home") as warehouse:
        fill(warehouse, 12 * BODIES)
        (row,) = warehouse.rows("SELECT count(*) AS n, count(DISTINCT agency_id) AS bodies FROM reports")
        assert (row["n"] >= 12 * BODIES, row["bodies"]) == (True, 2 * BODIES)
    run("reuse", tmp_path, 0)
    assert len(capsys.readouterr().out.split()) == 3
    with open_warehouse(tmp_path / "home", read_only=True) as warehouse:
        across = warehouse.rows(
            "SELECT count(*) AS n FROM reuse r JOIN reports o ON o.document_id = other_document_id "
            "WHERE (r.agency_id LIKE '%-1') <> (o.agency_id LIKE '%-1') AND share > 0.5"
        )
    assert across == [{"n": 0}]
