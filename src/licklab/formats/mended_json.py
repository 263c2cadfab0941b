"""A transcription with its edits, as one JSON document.

The document is a transcription as it is mended. Its members `heard` and `edits`, which only
documents with edits have, keep what was heard and what was said, so that edits can be undone.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

from licklab.domain.mending import SettledEdit
from licklab.domain.recall import Recall
from licklab.domain.transcription import Transcription
from licklab.domain.transcription_mending import mend_transcription
from licklab.errors import InputError, SchemaError
from licklab.formats.analysis_json import read_analysis, write_analysis
from licklab.formats.edits_json import read_edit, read_outcome, write_edit, write_outcome
from licklab.formats.note_json import read_notes, write_notes
from licklab.formats.transcription_json import read_transcription, write_transcription


@dataclass(frozen=True, slots=True)
class MendedTranscription:
    """A transcription and its edits.

    Attributes
    ----------
    heard : Transcription
        With the notes, the rhythm and the harmony that were heard.
    edits : tuple of SettledEdit
        In the order in which they were made.
    """

    heard: Transcription
    edits: tuple[SettledEdit, ...] = ()

    def mended(self, recall: Recall) -> Transcription:
        """Lay the edits over what was heard.

        Parameters
        ----------
        recall : Recall
            What the evidence can answer.

        Returns
        -------
        Transcription
            As it is wanted.
        """
        return mend_transcription(self.heard, self.edits, recall)


def write_mended(one: MendedTranscription, recall: Recall) -> bytes:
    """Write a transcription with its edits.

    Parameters
    ----------
    one : MendedTranscription
        To write.
    recall : Recall
        What the evidence can answer.

    Returns
    -------
    bytes
        UTF-8, one document.
    """
    content = write_transcription(one.mended(recall))
    if not one.edits:
        return content
    document = json.loads(content)
    document["heard"] = write_analysis(one.heard.analysis)
    if any(each.notes is not None for each in one.edits):
        heard = {"notes": write_notes(one.heard), "warnings": list(one.heard.warnings)}
        document["heard"] |= heard
    document["edits"] = [
        {"edit": write_edit(each.edit), "outcome": write_outcome(each)} for each in one.edits
    ]
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def read_mended(content: bytes) -> MendedTranscription:
    """Read a transcription with its edits.

    Parameters
    ----------
    content : bytes
        One document, with or without edits.

    Returns
    -------
    MendedTranscription
        What the document says.

    Raises
    ------
    SchemaError
        If it is no transcription, or its edits are none.
    """
    transcription = read_transcription(content)
    document: dict[str, Any] = json.loads(content)
    if not document.get("edits"):
        return MendedTranscription(transcription)
    try:
        heard = document["heard"]
        transcription = replace(
            transcription,
            analysis=read_analysis(heard),
            notes=read_notes(heard["notes"]) if "notes" in heard else transcription.notes,
            warnings=tuple(heard.get("warnings", transcription.warnings)),
        )
        edits = tuple(
            read_outcome(read_edit(one["edit"]), one["outcome"]) for one in document["edits"]
        )
    except (KeyError, ValueError, TypeError, AttributeError, InputError) as error:
        raise SchemaError(f"want a transcription with its edits, got: {error!r}") from error
    return MendedTranscription(transcription, edits)
