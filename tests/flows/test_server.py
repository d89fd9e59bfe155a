"""Which Prefect server a run uses, and what is said when it does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.server import settle, users_server, wait_until_ready
from tasks.errors import GongkaiError


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH", "PREFECT_HOME"):
        monkeypatch.setenv(name, "x")  # so that whatever is set here is undone afterwards
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_without_any_setting_there_is_no_server_and_the_home_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    assert users_server() is None
    settle(tmp_path / "data")
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "data" / "prefect")
    assert "PREFECT_API_URL" not in os.environ


def test_the_address_in_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://example.org/api")
    assert users_server() == "http://example.org/api"


def test_the_address_in_the_active_profile_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect" / "profiles.toml").write_text(
        'active = "mine"\n[profiles.mine]\nPREFECT_API_URL = "http://mine/api"\n[profiles.other]\n'
    )
    assert users_server() == "http://mine/api"
    monkeypatch.setenv("PREFECT_PROFILE", "other")
    assert users_server() is None


def test_a_server_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    with pytest.raises(GongkaiError, match=r"127\.0\.0\.1:9.*does not answer.*Check PREFECT_API_URL"):
        wait_until_ready()
