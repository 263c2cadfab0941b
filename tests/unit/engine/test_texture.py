import pytest

from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.engine.texture import resolve_texture


@pytest.mark.parametrize(
    ("asked", "instrument", "texture"),
    [
        (None, "guitar", Texture.POLYPHONIC),
        (None, "trumpet", Texture.LINE),
        (None, "other", Texture.LINE),
        (Texture.LINE, "guitar", Texture.LINE),
        (Texture.POLYPHONIC, "trumpet", Texture.POLYPHONIC),
    ],
)
def test_what_is_asked_for_comes_before_what_the_instrument_plays(
    asked: Texture | None, instrument: str, texture: Texture
) -> None:
    assert resolve_texture(asked, INSTRUMENTS[instrument]) is texture
