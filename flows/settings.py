"""The settings: one field each, read from the environment (`GONGKAI_HOME`) or from `gongkai.toml`.

The environment goes before the file; an argument or an option of the command line goes before both. A group
of settings is a model of its own: `GONGKAI_GROUP__NAME`, or `[group]` in the file. Everything that can be
set stands here; steps take plain values, never this object.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tasks.errors import GongkaiError

FILE = "gongkai.toml"
"""Looked for in the working folder; `$GONGKAI_CONFIG` names another."""


class Server(BaseModel, extra="forbid"):
    """Prefect's server as `gongkai up` starts it."""

    host: str = Field(default="127.0.0.1", description="The address it listens on.")
    port: int = Field(default=4200, ge=1, le=65535, description="The port of the API and the UI.")
    database: SecretStr | None = Field(
        default=None,
        description="Where it keeps its state: `postgresql+asyncpg://user:password@host:5432/prefect`; "
        "without it, SQLite in the folder `prefect` of the home.",
    )
    keep_days: int = Field(
        default=30, ge=1, description="How long it keeps runs, their logs, artifacts and events."
    )


class Notify(BaseModel, extra="forbid"):
    """Who is told when something breaks."""

    webhook: SecretStr | None = Field(
        default=None,
        description="A URL that gets a POST of JSON (`title`, `text`) when a run fails or crashes or a "
        "source's floor breaks.",
    )


class ReleaseSettings(BaseModel):
    """What a data release says of itself (`gongkai publish`)."""

    title: str = Field(
        default="政府信息公开工作年度报告数据 · China open-government-information annual reports",
        description="Title of the data set.",
    )
    publisher: str = Field(default="gongkai", description="Who publishes it: cited as its author.")
    licence: str = Field(default="CC-BY-4.0", description="SPDX id: CC-BY-4.0, CC0-1.0 or ODbL-1.0.")
    url: str = Field(default="", description="Where the release can be found, if anywhere.")


class Settings(BaseSettings):
    """All settings with their defaults."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_nested_delimiter="__", extra="forbid")

    home: Path = Field(default=Path("data"), description="The warehouse's folder.")
    paths: list[str] = Field(
        default=[], description="What scheduled runs ingest: folders, files, globs (as for `gongkai ingest`)."
    )
    processes: int | None = Field(
        default=None, ge=1, description="Worker processes that read documents; by default one a core."
    )
    process_memory_mb: int = Field(
        default=3000,
        ge=300,
        description="Memory that one such process may use; a document that takes more is quarantined.",
    )
    writer_wait_seconds: int = Field(
        default=3600, ge=0, description="How long a deployed run waits for another writer of the warehouse."
    )
    keep_days: int = Field(
        default=30, ge=0, description="How long old states of the warehouse stay readable (`maintain`)."
    )
    server: Server = Field(default=Server(), description="Prefect's server.")
    notify: Notify = Field(default=Notify(), description="Notifications.")
    release: ReleaseSettings = Field(default=ReleaseSettings(), description="What a release says of itself.")

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
