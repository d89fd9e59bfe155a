"""How a command ends that does not end well."""

from __future__ import annotations

import logging

import pytest
import typer

from flows.cli.failing import INTERRUPTED, QUERY_INTERRUPTED, guarded


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), RuntimeError(QUERY_INTERRUPTED)], ids=["Python", "DuckDB"]
)
def test_ctrl_c_is_no_unexpected_error(
    error: BaseException, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Python and DuckDB raise; a real one ends `gongkai` in tests/e2e."""
    monkeypatch.setattr(logging, "raiseExceptions", True)

    @guarded
    def command() -> None:
        raise error

    with pytest.raises(typer.Exit) as ended:
        command()
    assert ended.value.exit_code == INTERRUPTED
    assert capsys.readouterr().err.startswith("Interrupted.")
