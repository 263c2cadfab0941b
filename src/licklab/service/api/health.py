"""Is the process up, and can it do its work."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter, Response
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from licklab.engine.models import describe_models
from licklab.errors import LickLabError
from licklab.service.api.context import Context, InContext
from licklab.service.api.schemas import Check, Health, Readiness

router = APIRouter(tags=["health"])


@router.get("/health", summary="Is the process up")
async def health() -> Health:
    """Answer as long as the process serves."""
    return Health(status="ok")


@router.get(
    "/ready",
    summary="Can the service do its work",
    responses={503: {"model": Readiness, "description": "At least one check failed."}},
)
def ready(context: InContext, response: Response) -> Readiness:
    """Check everything that a job needs."""
    checks = {
        "database": _check(lambda: _database(context)),
        "queue": _check(lambda: _queue(context)),
        "storage": _check(lambda: _storage(context)),
        "workers": _check(lambda: _workers(context)),
        "models": _check(_models),
    }
    if all(check.ok for check in checks.values()):
        return Readiness(status="ready", checks=checks)
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return Readiness(status="not ready", checks=checks)


def _check(run: Callable[[], Check]) -> Check:
    try:
        return run()
    except (SQLAlchemyError, RedisError, LickLabError) as error:
        return Check(ok=False, detail=str(error).splitlines()[0])


def _database(context: Context) -> Check:
    context.database.ping()
    return Check(ok=True, detail="answers")


def _queue(context: Context) -> Check:
    context.queue.ping()
    return Check(ok=True, detail=f"answers, {len(context.queue.waiting())} waiting")


def _storage(context: Context) -> Check:
    context.storage.check()
    return Check(ok=True, detail="can be written")


def _workers(context: Context) -> Check:
    count = len(context.queue.living_workers())
    if count == 0:
        return Check(
            ok=False, detail="want at least one worker (WORKERS, or `licklab worker`), got none"
        )
    return Check(ok=True, detail=f"{count} listening")


def _models() -> Check:
    models = describe_models()
    return Check(ok=True, detail=", ".join(f"{one.name} {one.version}" for one in models))
