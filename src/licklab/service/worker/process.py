"""A worker process."""

from licklab.service.lifeline import follow_parent
from licklab.service.loading import loading


def main() -> None:
    """Work until told to stop."""
    follow_parent()
    with loading():
        from licklab.service.logs import configure_logging
        from licklab.service.settings import Settings
        from licklab.service.worker.working import work

    settings = Settings()
    configure_logging(settings.log_level)
    work(settings)


if __name__ == "__main__":
    main()
