"""The settings: one field each, read from the environment (`GONGKAI_HOME`) or from `gongkai.toml`.

The environment goes before the file; an argument or an option of the command line goes before both. A group
of settings is a model of its own: `GONGKAI_GROUP__NAME`, or `[group]` in the file. Everything that can be
set stands here; steps take plain values, never this object.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tasks.errors import GongkaiError

FILE = "gongkai.toml"
"""Looked for in the working folder; `$GONGKAI_CONFIG` names another."""


class Settings(BaseSettings):
    """All settings with their defaults."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_nested_delimiter="__", extra="forbid")

    home: Path = Field(default=Path("data"), description="The warehouse's folder.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls, os.environ.get("GONGKAI_CONFIG", FILE))
        return init_settings, env_settings, file


def load_settings() -> Settings:
    """The settings as they are now. Raises `GongkaiError` naming the setting that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise GongkaiError(
            f"A setting is wrong: {wrong}.", f"Mend it in {FILE} or in the environment (GONGKAI_…)."
        ) from error
    except ValueError as error:  # not TOML
        raise GongkaiError(f"{FILE} cannot be read: {error}.", "Mend or remove the file.") from error
