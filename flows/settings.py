"""The settings: one field each, read from the environment (`GONGKAI_HOME`) or from `gongkai.toml`.

The environment goes before the file; an argument or an option of the command line goes before both. A group
of settings is a model of its own: `GONGKAI_GROUP__NAME`, or `[group]` in the file. Everything that can be
set stands here; steps take plain values, never this object.
"""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tasks.errors import GongkaiError
from tasks.fetch.network import Network
from tasks.fetch.policy import Policy
from tasks.fetch.read import MAX_PAGE_BYTES

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


class ReleaseSettings(BaseModel, extra="forbid"):
    """What a data release says of itself (`gongkai publish`)."""

    folder: Path = Field(
        default=Path("releases"), description="Where the deployment `publish/weekly` puts releases."
    )
    title: str = Field(
        default="政府信息公开工作年度报告数据 · China open-government-information annual reports",
        description="Title of the data set.",
    )
    publisher: str = Field(default="gongkai", description="Who publishes it: cited as its author.")
    licence: str = Field(default="CC-BY-4.0", description="SPDX id: CC-BY-4.0, CC0-1.0 or ODbL-1.0.")
    url: str = Field(default="", description="Where the release can be found, if anywhere.")


class Fetch(BaseModel, extra="forbid"):
    """How web sites are asked."""

    contact: str = Field(default="", description="Who runs this: a mail address or page, in the User-Agent.")
    delay: float = Field(default=1.0, ge=0, description="Seconds between two requests at a host, at least.")
    jitter: float = Field(default=0.3, ge=0, description="A delay is longer by up to this share of it.")
    connections: int = Field(default=1, ge=1, le=8, description="Requests at a time at a host.")
    hosts: int = Field(default=40, ge=1, description="Hosts asked at a time.")
    timeout: float = Field(default=30.0, gt=0, description="Seconds without any byte until a request fails.")
    total_timeout: float = Field(default=180.0, gt=0, description="Seconds for a whole answer.")
    max_bytes: int = Field(
        default=MAX_PAGE_BYTES, gt=0, description="The largest page or file taken, decompressed."
    )
    max_redirects: int = Field(default=5, ge=0, description="Redirects followed for one page.")
    attempts: int = Field(
        default=4, ge=1, description="Attempts at a page when it fails for a passing reason."
    )
    backoff: float = Field(
        default=1.0, ge=0, description="Seconds before the second attempt; doubled each time."
    )
    longest_wait: float = Field(
        default=120.0, ge=0, description="The longest Retry-After that is waited for."
    )
    failures_to_open: int = Field(
        default=6, ge=1, description="Failures in a row after which a host is left alone."
    )
    recheck_days: float = Field(
        default=30.0, ge=0, description="Days after which everything is looked at again."
    )
    private_networks: str = Field(
        default="",
        description="Networks allowed beside public ones: 127.0.0.1/32, 10.0.0.0/8 …, by commas or blanks.",
    )
    old_tls: bool = Field(default=False, description="Talk to sites that know only TLS 1.0 and weak ciphers.")
    ca_file: str | None = Field(
        default=None, description="Certificates to trust instead of the usual ones (PEM)."
    )

    @field_validator("private_networks")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        networks(value)
        return value

    def policy(self) -> Policy:
        """The settings as the fetch step takes them."""
        values = self.model_dump()
        return Policy(**values | {"private_networks": networks(self.private_networks)})


def networks(text: str) -> tuple[Network, ...]:
    """The networks named in `text`; ValueError for what is none."""
    return tuple(ipaddress.ip_network(part, strict=False) for part in text.replace(",", " ").split())


class Settings(BaseSettings):
    """All settings with their defaults."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_nested_delimiter="__", extra="forbid")

    home: Path = Field(
        default=Path("data"),
        description="The warehouse's folder, or `s3://bucket/prefix` in an object store (docs/scale.md).",
    )
    catalog: SecretStr | None = Field(
        default=None,
        description="Where the warehouse's catalog is: `postgresql://user@host:5432/gongkai`; without it, "
        "SQLite in the home's folder.",
    )
    state: Path = Field(
        default=Path("~/.local/state/gongkai"),
        description="Where a home in an object store has its folder on this machine.",
    )
    paths: list[str] = Field(
        default=[],
        description="What scheduled runs ingest: what `gongkai ingest` takes.",
    )
    processes: int | None = Field(
        default=None, ge=1, description="Worker processes that read documents; by default one a core."
    )
    runner: Literal["processes", "threads", "dask", "ray"] = Field(
        default="processes",
        description="Who reads the documents: `processes` of this machine, `threads` of the run's own "
        "process, or the workers of a `dask` or `ray` cluster (docs/scale.md).",
    )
    runner_address: str = Field(
        default="",
        description="The cluster's address: `tcp://host:8786`, `ray://host:10001`; without it, one on this "
        "machine for the length of each run.",
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
    fetch: Fetch = Field(default=Fetch(), description="How web sites are asked.")
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
