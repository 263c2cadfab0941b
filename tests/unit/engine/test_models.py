import dataclasses
import subprocess
import sys

import pytest

from licklab.engine.models import BASIC_PITCH, BEATS, CHORDS, LEAD, describe_models, find_model
from licklab.errors import ModelError


def test_the_installed_models_are_the_pinned_ones() -> None:
    described = [(one.name, one.version, one.sha256) for one in describe_models()]
    assert described == [
        ("basic-pitch", BASIC_PITCH.version, BASIC_PITCH.sha256),
        ("licklab-lead", LEAD.version, LEAD.sha256),
        ("licklab-beats", BEATS.version, BEATS.sha256),
        ("licklab-chords", CHORDS.version, CHORDS.sha256),
    ]


def test_our_own_model_is_missed_and_mistaken_for_no_other() -> None:
    with pytest.raises(ModelError, match=r"want the file other\.onnx beside the program, got none"):
        find_model(dataclasses.replace(LEAD, file_name="other.onnx"))
    with pytest.raises(ModelError, match=r"want lead/lead\.onnx with SHA-256 000000000000…"):
        find_model(dataclasses.replace(LEAD, sha256="0" * 64))


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
