"""Skips tests where the optional package with the weights is not installed."""

from importlib import metadata

import pytest

from licklab.engine.models import TRANSKUN


def _is_installed() -> bool:
    try:
        metadata.version(TRANSKUN.package)
    except metadata.PackageNotFoundError:
        return False
    return True


needs_piano = pytest.mark.skipif(
    not _is_installed(),
    reason=f"needs `pip install --no-deps {TRANSKUN.package}=={TRANSKUN.version}` (`make setup`)",
)
