"""Settings of the service, read once at start from the environment and `.env`."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from licklab.errors import ServiceError

_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def _require(name: str, url: str | None) -> str:
    if url is None:
        raise ServiceError(f"want {name} (`licklab serve` sets it for its processes), got none")
    return url


class Settings(BaseSettings):
    """What an operator can set; each field is an environment variable of that name in capitals.

    Unset `DATABASE_URL` or `REDIS_URL` means the embedded one, under `DATA_DIR`.
    """

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: str | None = None
    redis_url: str | None = None
    data_dir: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    # Names under which browsers may call the service; a foreign page that rebinds its own name
    # to this machine is refused. Empty: the local names when HOST is local, else any.
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    max_upload_mb: int = Field(default=200, ge=1)
    max_duration_min: float = Field(default=60, gt=0)
    # Whether a library that is used for the first time has the example in it.
    example: bool = True
    # Another build of the page than that of the package: for those who work on it.
    page_dir: Path | None = None
    workers: int = Field(default=1, ge=0, le=64)
    model_threads: int = Field(default=1, ge=1, le=64)
    job_timeout_sec: int = Field(default=7200, ge=1)
    max_attempts: int = Field(default=3, ge=1)
    # A worker says every `heartbeat_sec` that it lives; after `lease_sec` of silence its job is
    # given to another. With the reconciler's round this is well within a minute.
    heartbeat_sec: float = Field(default=3.0, gt=0)
    lease_sec: float = Field(default=20.0, gt=0)
    reconcile_sec: float = Field(default=5.0, gt=0)
    # A language model that may say the coach's sentences in other words: none unless both are set.
    # Its key is read from the environment alone (`licklab.service.language_model`).
    language_model_url: str | None = None
    language_model_name: str | None = None
    language_model_calls_per_day: int = Field(default=100, ge=0)
    language_model_tokens_per_day: int = Field(default=200_000, ge=0)
    # Instead of the program's own, for the sound of practice packs.
    soundfont: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @field_validator(
        "database_url", "redis_url", "page_dir", "language_model_url", "language_model_name",
        "soundfont", mode="before",
    )  # fmt: skip
    @classmethod
    def _empty_is_unset(cls, value: str | None) -> str | None:
        return value or None

    @field_validator("language_model_url")
    @classmethod
    def _be_an_address(cls, value: str | None) -> str | None:
        target = urlsplit(value or "https://unset")
        is_plain = target.hostname and not (target.username or target.query or target.fragment)
        if target.scheme not in {"http", "https"} or not is_plain:
            # Not shown: there may be a password in it.
            raise ValueError("want an address such as https://api.example.com/v1, got another one")
        return value

    @field_validator("database_url")
    @classmethod
    def _use_psycopg(cls, value: str | None) -> str | None:
        # Hosts hand out both spellings; SQLAlchemy would take another driver for them.
        for scheme in ("postgresql://", "postgres://"):
            if value is not None and value.startswith(scheme):
                return "postgresql+psycopg://" + value.removeprefix(scheme)
        if value is not None and not value.startswith("postgresql+psycopg://"):
            scheme = value.split(":", 1)[0]
            raise ValueError(f"want a PostgreSQL URL (postgresql://...), got one of {scheme!r}")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _use_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_on_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(one.strip() for one in value.split(",") if one.strip())
        return value

    @field_validator("data_dir")
    @classmethod
    def _make_absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @property
    def required_database_url(self) -> str:
        """URL of the database, which the embedded one has by now if none was set."""
        return _require("DATABASE_URL", self.database_url)

    @property
    def required_redis_url(self) -> str:
        """URL of Redis, which the embedded one has by now if none was set."""
        return _require("REDIS_URL", self.redis_url)

    @property
    def max_upload_bytes(self) -> int:
        """Largest upload."""
        return self.max_upload_mb * 1_000_000

    @cached_property
    def trusted_hosts(self) -> list[str]:
        """Host names that requests may carry; ``["*"]`` is any."""
        if self.allowed_hosts:
            # The service and its health check ask under the local names, whatever else is allowed.
            return [*self.allowed_hosts, *_LOCAL_NAMES]
        return [*_LOCAL_NAMES] if self.host in _LOOPBACK else ["*"]

    def environment(self) -> dict[str, str]:
        """Write the settings as environment variables, for child processes.

        Returns
        -------
        dict of str to str
            That `Settings()` reads back as the same settings.
        """
        values = self.model_dump(mode="json")
        values["allowed_hosts"] = ",".join(self.allowed_hosts)
        return {name.upper(): "" if one is None else str(one) for name, one in values.items()}
