import dataclasses
import subprocess
import sys

import pytest

from licklab.engine.models import BASIC_PITCH, describe_models, find_model
from licklab.errors import ModelError


def test_the_installed_model_is_the_pinned_one() -> None:
    (model,) = describe_models()
    assert (model.name, model.version, model.sha256) == (
        BASIC_PITCH.package,
        BASIC_PITCH.version,
        BASIC_PITCH.sha256,
    )


def test_a_missing_package_says_how_to_install_it() -> None:
    missing = dataclasses.replace(BASIC_PITCH, package="basic-pitch-of-nobody")
    with pytest.raises(ModelError, match=r"got nothing installed; run `pip install --no-deps"):
        find_model(missing)


def test_a_package_without_the_file_is_refused() -> None:
    with pytest.raises(ModelError, match=r"want the file other\.onnx .* got none"):
        find_model(dataclasses.replace(BASIC_PITCH, file_name="other.onnx"))


def test_another_file_than_the_pinned_one_is_refused() -> None:
    with pytest.raises(ModelError, match="with SHA-256 000000000000…, got 2c3c1d144bfa…"):
        find_model(dataclasses.replace(BASIC_PITCH, sha256="0" * 64))


def test_describing_models_loads_no_runtime() -> None:
    program = (
        "import sys; from licklab.engine.models import describe_models; describe_models(); "
        "sys.exit(any(name in sys.modules for name in ('onnxruntime', 'basic_pitch')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
