"""How a command ends that does not end well."""

from __future__ import annotations

import logging
import os
import signal
import threading

import duckdb
import pytest
import typer

from flows.cli.failing import INTERRUPTED, guarded

ENDLESS = "SELECT count(*) FROM range(3_000_000) a(i), range(3_000_000) b(j) WHERE hash(i, j) % 7 = 3"


def test_ctrl_c_during_a_query_is_no_unexpected_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", True)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # workers of xdist may ignore it
    ctrl_c = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))

    @guarded
    def query() -> None:
        ctrl_c.start()
        duckdb.sql(ENDLESS).fetchall()

    try:
        with pytest.raises(typer.Exit) as ended:
            query()
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.value.exit_code == INTERRUPTED
    assert capsys.readouterr().err.startswith("Interrupted.")
