"""Is everything there that the program needs, and what to do when it is not."""

import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from redis.exceptions import RedisError

from licklab.domain.transcription import ModelInfo
from licklab.engine.audio.aac import aac_decoder
from licklab.engine.models import TRANSKUN, describe_models, find_model
from licklab.errors import LickLabError, ModelError, ServiceError
from licklab.service.database import Database
from licklab.service.embedded.postgres import find_postgres
from licklab.service.embedded.redis import find_redis
from licklab.service.queue import connect
from licklab.service.settings import Settings
from licklab.service.storage import LocalStorage
from licklab.version import __version__

_PACKAGES = ("numpy", "onnxruntime", "soundfile", "soxr", "fastapi", "sqlalchemy", "rq")
# A 60-minute WAV upload, its results, and room for PostgreSQL's own files.
_WANTED_FREE_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `detail` says what to do when it is not `ok`."""

    name: str
    ok: bool
    detail: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Check versions, models, decoders, database, queue and disk.

    Parameters
    ----------
    settings : Settings
        As the operator set them.

    Yields
    ------
    Finding
        One for each check, whatever the others found.
    """
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("versions", _versions),
        ("models", _models),
        ("audio", _audio),
        ("database", lambda: _database(settings)),
        ("queue", lambda: _queue(settings)),
        ("disk", lambda: _disk(settings)),
    )
    for name, check in checks:
        try:
            yield Finding(name, ok=True, detail=check())
        except LickLabError as error:
            yield Finding(name, ok=False, detail=str(error))


def _versions() -> str:
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)
    return f"licklab {__version__}, Python {platform.python_version()}, {packages}"


def _models() -> str:
    needed = ", ".join(map(_name_model, describe_models()))
    try:
        optional = _name_model(find_model(TRANSKUN).info)
    except ModelError as error:
        optional = f"none, which is all right: {error}"
    return f"{needed}; for the best quality: {optional}"


def _name_model(model: ModelInfo) -> str:
    return f"{model.name} {model.version} ({model.sha256[:12]})"


def _audio() -> str:
    return f"MP3, WAV, FLAC, Ogg/Opus, AIFF; M4A/AAC: {aac_decoder() or 'not on this machine'}"


def _database(settings: Settings) -> str:
    if settings.database_url is None:
        return f"embedded, {find_postgres()}"
    database = Database(settings.database_url)
    try:
        database.wait(timeout_sec=3.0)
    finally:
        database.close()
    return "DATABASE_URL answers"


def _queue(settings: Settings) -> str:
    if settings.redis_url is None:
        return f"embedded, {find_redis()}"
    try:
        connect(settings.redis_url).ping()
    except RedisError as error:
        raise ServiceError(f"want an answer from REDIS_URL, got none: {error}") from error
    return "REDIS_URL answers"


def _disk(settings: Settings) -> str:
    LocalStorage(settings.data_dir).check()
    free = shutil.disk_usage(settings.data_dir).free
    if free < _WANTED_FREE_BYTES:
        raise ServiceError(
            f"want {_WANTED_FREE_BYTES / 1e9:.0f} GB free in {settings.data_dir}, "
            f"got {free / 1e9:.1f} GB"
        )
    return f"{settings.data_dir}, {free / 1e9:.0f} GB free"
