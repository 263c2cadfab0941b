"""The errors of the package, as one tree.

The branches say who can act::

    LickLabError
    |-- InputError              the caller: another file or another value will do
    |   |-- AudioError          the recording
    |   |   |-- NotAudioError       no audio format we know inside
    |   |   |-- UnsupportedAudioError   audio, but of a kind that we do not read
    |   |   |-- EmptyAudioError     a valid file with no samples
    |   |   |-- DamagedAudioError   samples that are no numbers, or nothing readable
    |   |   `-- TooLongError        more than the service takes
    |   |-- UnknownInstrumentError  no instrument of that name
    |   |-- UnknownModeError    no mode of that name
    |   |-- UnknownQualityError     no quality of that name
    |   |-- QualityError            a quality that this instrument or mode cannot be heard in
    |   |-- UnknownLevelError       no level of that name
    |   |-- NoLanguageModelError    a language model is asked for and none is set
    |   |-- RegionError         a part that the recording does not have
    |   |-- ClipError           a clip that cannot be cut
    |   |-- MeterError          a time signature that cannot be written
    |   |-- KeyNameError        no key of that name
    |   |-- ChordError          text that is no chord symbol, or no chart
    |   |-- GridError           a change of the beats that cannot be made
    |   |-- NoteError           a change of the notes that cannot be made
    |   |   `-- UnknownNoteError    no note of that id
    |   |-- PitchNameError      a pitch that cannot be written
    |   |-- PartError           a part, or a piece of it, that cannot be written
    |   |-- TuningError         no tuning of that name
    |   |-- ScoreFileError      a score that cannot be read
    |   |-- ExportKindError     no kind of file of that name
    |   |-- CorpusFileError     a file that no solos can be taken from
    |   |-- UnknownSoloError    no solo of that id in the corpus
    |   |   `-- UnknownPlayerError    no solo of that player, or in that style
    |   |-- QueryError          a pattern that cannot be searched for
    |   |-- LickError           a lick that cannot be
    |   |   |-- UnknownLickError    no lick of that id
    |   |   `-- UnknownAttemptError     no attempt of that id
    |   |-- PackError           a practice pack that cannot be made
    |   |   `-- UnknownPackError    no practice pack of that id
    |   |-- PracticeError       something that cannot have been practised, or be a wish for it
    |   |   `-- UnknownSessionError     no session of practice of that id
    |   |-- AssignmentError     an assignment, or an answer to one, that cannot be
    |   |   |-- UnknownAssignmentError  no assignment of that id
    |   |   `-- UnknownLinkError        no share link that is open, or nothing behind it
    |   `-- SchemaError         JSON that is not what the schema says
    |-- EngravingError          the programmer: a score that cannot be drawn
    |-- ModelError              the operator: a model is missing or not the one expected
    |-- SoundFontError          the operator: the soundfont is missing or cannot be read
    |-- ShapeError              the programmer: arrays that do not fit one another
    |-- CancelledError          nobody: the user asked to stop
    `-- ServiceError            the operator: the service cannot do its work
        |-- EmbeddedServerError     the built-in PostgreSQL or Redis did not start
        |-- StorageError            the data directory is not usable
        `-- CorpusError             the corpus or its index is damaged, or of another version

Every message is a sentence that a musician understands and says what was wanted and what came.
HTTP statuses and exit codes are given at the edges, never here.
"""


class LickLabError(Exception):
    """Anything that this package raises on purpose."""


class InputError(LickLabError):
    """What the caller gave cannot be used; another file or value will do."""


class AudioError(InputError):
    """The recording cannot be used."""


class NotAudioError(AudioError):
    """There is no audio in the file, whatever its name says."""


class UnsupportedAudioError(AudioError):
    """The file is audio of a kind that is not read here."""


class EmptyAudioError(AudioError):
    """The file is valid and has no samples."""


class DamagedAudioError(AudioError):
    """The file has samples that are not numbers, or none that can be read."""


class TooLongError(AudioError):
    """The recording lasts longer than is accepted."""


class UnknownInstrumentError(InputError):
    """No instrument has that name."""


class UnknownModeError(InputError):
    """No mode has that name."""


class UnknownQualityError(InputError):
    """No quality has that name."""


class QualityError(InputError):
    """The instrument or the mode cannot be heard in that quality."""


class UnknownLevelError(InputError):
    """No level of a player has that name."""


class NoLanguageModelError(InputError):
    """A language model is asked for and none is set."""


class RegionError(InputError):
    """The part of a recording that is wanted cannot be."""


class ClipError(InputError):
    """No such clip can be cut."""


class MeterError(InputError):
    """No such time signature can be written."""


class KeyNameError(InputError):
    """No key has that name."""


class ChordError(InputError):
    """A text is no chord symbol, or no chart."""


class GridError(InputError):
    """The beats cannot be changed like that."""


class NoteError(InputError):
    """The notes cannot be changed like that."""


class UnknownNoteError(NoteError):
    """No note has that id."""


class PitchNameError(InputError):
    """No such pitch can be written."""


class PartError(InputError):
    """The part that is wanted, or the stretch of it, cannot be written."""


class TuningError(InputError):
    """No tuning has that name, and these are no strings."""


class ScoreFileError(InputError):
    """A file with a score cannot be read."""


class ExportKindError(InputError):
    """No kind of file has that name."""


class CorpusFileError(InputError):
    """No solos can be taken from a file."""


class UnknownSoloError(InputError):
    """No solo of the corpus has that id."""


class UnknownPlayerError(UnknownSoloError):
    """No solo of the corpus is by that player, or in that style."""


class QueryError(InputError):
    """A pattern cannot be searched for."""


class LickError(InputError):
    """There can be no such lick."""


class PackError(InputError):
    """There can be no such practice pack."""


class UnknownPackError(PackError):
    """No practice pack has that id."""


class UnknownLickError(LickError):
    """No lick has that id."""


class UnknownAttemptError(LickError):
    """No attempt has that id."""


class PracticeError(InputError):
    """What is said of practice cannot be."""


class UnknownSessionError(PracticeError):
    """No session of practice has that id."""


class AssignmentError(InputError):
    """There can be no such assignment, and no such answer to it."""


class UnknownAssignmentError(AssignmentError):
    """No assignment has that id, or no link or result of it."""


class UnknownLinkError(AssignmentError):
    """No share link that is open has that token, or it leads to no such thing."""


class SchemaError(InputError):
    """A JSON document is not what its schema says."""


class EngravingError(LickLabError):
    """A score cannot be drawn."""


class ModelError(LickLabError):
    """A model is missing, or is not the one that was expected."""


class SoundFontError(LickLabError):
    """The soundfont is missing, or cannot be read."""


class ShapeError(LickLabError):
    """Arrays do not have the shape that was asked for, or do not fit one another."""


class CancelledError(LickLabError):
    """The user asked to stop."""


class ServiceError(LickLabError):
    """The service cannot do its work; its operator can help."""


class EmbeddedServerError(ServiceError):
    """The built-in PostgreSQL or Redis did not start."""


class StorageError(ServiceError):
    """The data directory cannot be read or written."""


class CorpusError(ServiceError):
    """The corpus or its index is damaged, or was written by another version."""
