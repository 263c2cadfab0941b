import pytest


@pytest.fixture(scope="session", autouse=True)
def _compiled(compiled_search: None) -> None:
    """Compile before the first test, not in the middle of one that is timed."""
