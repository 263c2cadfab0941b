"""The API process."""

from licklab.service.lifeline import follow_parent
from licklab.service.loading import loading

# Pages that follow a job keep their connection open; do not wait for them longer.
_GRACE_SEC = 2


def main() -> None:
    """Serve until told to stop."""
    follow_parent()
    with loading():
        import uvicorn

        from licklab.service.api.app import create_app
        from licklab.service.logs import configure_logging
        from licklab.service.settings import Settings

        settings = Settings()
        configure_logging(settings.log_level)
        app = create_app(settings)

    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level.lower(),
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SEC,
    )


if __name__ == "__main__":
    main()
