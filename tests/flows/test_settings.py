"""Settings from the environment and from gongkai.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import load_settings
from flows.settings_page import PAGE, settings_page
from tasks.errors import GongkaiError


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_HOME", raising=False)
    monkeypatch.delenv("GONGKAI_CONFIG", raising=False)


def test_without_file_or_environment_the_defaults_hold() -> None:
    assert load_settings().home == Path("data")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gongkai.toml").write_text('home = "from-file"\n')
    assert load_settings().home == Path("from-file")
    monkeypatch.setenv("GONGKAI_HOME", "from-environment")
    assert load_settings().home == Path("from-environment")


def test_another_file_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.toml").write_text('home = "other"\n')
    monkeypatch.setenv("GONGKAI_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings().home == Path("other")


@pytest.mark.parametrize(
    ("content", "words"),
    [("hoem = 'x'\n", "hoem"), ("home = 3\n", "home"), ("home = \n", "gongkai.toml cannot be read")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "gongkai.toml").write_text(content)
    with pytest.raises(GongkaiError, match=words):
        load_settings()


def test_the_page_of_the_settings_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == settings_page(), "python -m flows.settings_page"


def test_a_setting_of_a_group_has_a_double_underscore(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SERVER__PORT", "4300")
    assert load_settings().server.port == 4300


def test_a_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SERVER__DATABASE", "postgresql+asyncpg://gongkai:hush@127.0.0.1/prefect")
    assert "hush" not in repr(load_settings())
