"""The model files: our own beside the code, others inside installed wheels.

The packages of the latter are installed without what they depend on and are never imported: only
the model file inside is used. Hashes are pinned, because a threshold that was measured with one
model means nothing for another.
"""

import functools
import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from licklab.domain.transcription import ModelInfo
from licklab.errors import ModelError


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """A model file that is looked for in an installed package.

    Attributes
    ----------
    package : str
        Name of the distribution.
    version : str
        The one that the hash was taken from.
    file_name : str
        Last part of the file's path; of our own, the path beside this file.
    sha256 : str
        Of the file, 64 hexadecimal digits.
    """

    package: str
    version: str
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that was found and is the one expected.

    Attributes
    ----------
    path : Path
        Where the file lies.
    info : ModelInfo
        Its name, version and hash.
    """

    path: Path
    info: ModelInfo


BASIC_PITCH = PinnedModel(
    package="basic-pitch",
    version="0.4.0",
    file_name="nmp.onnx",
    # of the wheel basic_pitch-0.4.0-py2.py3-none-any.whl on PyPI
    sha256="2c3c1d144bfa61ad236e92e169c13535c880469a12a047d4e73451f2c059a0ec",
)
"""Basic Pitch (Apache-2.0): notes, onsets and contours; Bittner et al., ICASSP 2022."""

LEAD = PinnedModel(
    package="licklab",
    version="1",
    file_name="lead/lead.onnx",
    sha256="ff19444a107bca047e981f6c648ed4e1d6f01ba0a1fa8de01c0e1081cd26236d",
)
"""Our own, beside the code: which of the notes are the soloist's; `training/lead/MODEL_CARD.md`."""

BEATS = PinnedModel(
    package="licklab",
    version="1",
    file_name="beats/beats.onnx",
    sha256="8a6ef429bf7de33acc4826e1f4863043851ddd7bfd0102864c37ac6163a5f175",
)
"""Our own: beats, downbeats and second eighths; `training/rhythm/MODEL_CARD.md`."""

CHORDS = PinnedModel(
    package="licklab",
    version="1",
    file_name="chords/chords.onnx",
    sha256="9eeabdc0d9131bece521fa8a79353cbdbd4c047e8097a87b06f32507a2e797af",
)
"""Our own: chords, bass and tensions; `training/rhythm/MODEL_CARD.md`."""

TRANSKUN = PinnedModel(
    package="transkun",
    version="2.0.1",
    file_name="2.0.pt",
    # of the wheel transkun-2.0.1-py3-none-any.whl on PyPI
    sha256="50a80010effc2a59ffcd068a95cd2b29bd7f23a27a3515bc3ccd209c89a3d44c",
)
"""Transkun (MIT): solo piano, optional; Yan & Duan, ISMIR 2024."""

_PINNED = (BASIC_PITCH, LEAD, BEATS, CHORDS)
_OWN = Path(__file__).resolve().parent


@functools.cache
def find_model(pinned: PinnedModel) -> InstalledModel:
    """Find a model file in an installed package and check that it is the one expected.

    Parameters
    ----------
    pinned : PinnedModel
        What to look for.

    Returns
    -------
    InstalledModel
        Where it lies and which it is. A model is read and hashed once in a process.

    Raises
    ------
    ModelError
        If the package is not installed, has no such file, or has another one.
    """
    if pinned.package == "licklab":
        return _find_own(pinned)
    remedy = f"run `pip install --no-deps {pinned.package}=={pinned.version}` or `make setup`"
    try:
        version = metadata.version(pinned.package)
        files = metadata.files(pinned.package) or []
    except metadata.PackageNotFoundError:
        raise ModelError(
            f"want the model of {pinned.package} {pinned.version}, got nothing installed; {remedy}"
        ) from None
    path = next((Path(str(one.locate())) for one in files if one.name == pinned.file_name), None)
    if path is None or not path.is_file():
        raise ModelError(
            f"want the file {pinned.file_name} in {pinned.package} {pinned.version}, "
            f"got none in version {version}; {remedy}"
        )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 != pinned.sha256:
        raise ModelError(
            f"want {pinned.file_name} of {pinned.package} {pinned.version} with SHA-256 "
            f"{pinned.sha256[:12]}…, got {sha256[:12]}… in version {version}; {remedy}"
        )
    return InstalledModel(path, ModelInfo(name=pinned.package, version=version, sha256=sha256))


def _find_own(pinned: PinnedModel) -> InstalledModel:
    path = _OWN / pinned.file_name
    if not path.is_file():
        raise ModelError(
            f"want the file {pinned.file_name} beside the program, got none; install it again"
        )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 != pinned.sha256:
        raise ModelError(
            f"want {pinned.file_name} with SHA-256 {pinned.sha256[:12]}…, got {sha256[:12]}…; "
            "install the program again"
        )
    name = f"{pinned.package}-{path.stem}"
    return InstalledModel(path, ModelInfo(name=name, version=pinned.version, sha256=sha256))


def describe_models() -> tuple[ModelInfo, ...]:
    """Say which models are installed, without loading any.

    Returns
    -------
    tuple of ModelInfo
        Every model that listening needs.

    Raises
    ------
    ModelError
        If one is missing or is not the one expected.
    """
    return tuple(find_model(one).info for one in _PINNED)
