"""Writes the API's document, from which the page's types are made."""

import json
import sys
from pathlib import Path

from licklab.service.api.app import create_app
from licklab.service.settings import Settings


def main() -> None:
    """Write the document to the file that is named on the command line."""
    # Nothing is connected until the application starts.
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg] # a parameter that pydantic adds
        database_url="postgresql://nowhere/none",
        redis_url="redis://nowhere",
    )
    document = create_app(settings).openapi()
    Path(sys.argv[1]).write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
