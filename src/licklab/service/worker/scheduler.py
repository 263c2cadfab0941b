"""The scheduler process beside the workers."""

from licklab.service.lifeline import follow_parent
from licklab.service.loading import loading


def main() -> None:
    """Reconcile until told to stop."""
    follow_parent()
    with loading():
        from licklab.service.logs import configure_logging
        from licklab.service.settings import Settings
        from licklab.service.worker.scheduling import schedule

    settings = Settings()
    configure_logging(settings.log_level)
    schedule(settings)


if __name__ == "__main__":
    main()
