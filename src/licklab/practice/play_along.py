"""A passage to play along with: melody, rhythm section and a bar that is counted in, as sound."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from licklab.domain.instrument import INSTRUMENTS, Instrument, find_instrument
from licklab.domain.passage import Passage, PassageNote
from licklab.notation.passage_playing import PassageClock
from licklab.practice.accompaniment.band import accompany
from licklab.practice.accompaniment.drumming import RIDE, SIDE_STICK, count_in
from licklab.sounding.mixing import mix
from licklab.sounding.part import SoundingNote, SoundingPart
from licklab.sounding.sampler import Sampler, Samples

TAIL_SEC = 0.6
"""What sounds on after the last bar."""

_BASS, _PIANO, _DRUMS = 32, 0, 0
BAND_PROGRAMS = (_BASS, _PIANO)
"""Of General MIDI, without the drums."""
# The melody leads, the bass is under it, what keeps time is under both. Decibels below full scale,
# set so that all together stay below it for most music.
_MELODY_DB, _BASS_DB, _SHELLS_DB, _DRUMS_DB, _COUNT_DB = -18.0, -23.5, -26.0, -31.5, -27.0
# However softly a lick was recorded, it leads; what is played between is still heard.
_LEADING_VELOCITY, _VELOCITIES = 92, (56, 120)
_USUAL_BASS, _USUAL_SHELLS = (33, 36, 38, 41, 43), (52, 55, 58, 60, 64)


def play_along(
    passage: Passage,
    *,
    instrument: str,
    sampler: Sampler,
    tempo_bpm: float | None = None,
    with_band: bool = True,
    with_melody: bool = True,
    counts_in: bool = True,
) -> Samples:
    """Sound a passage over a simple rhythm section.

    Parameters
    ----------
    passage : Passage
        Concert pitch.
    instrument : str
        Id or name of who plays the melody.
    sampler : Sampler
        That plays it, with `licklab.sounding.installed.load_sampler`.
    tempo_bpm : float, optional
        Beats a minute; the passage's own if omitted.
    with_band, with_melody, counts_in : bool
        Whether rhythm section, melody and a bar before the first sound.

    Returns
    -------
    array, shape=(n_samples, 2), float32, -0.89 to 0.89
        At 44,100 Hz. The first bar begins after `count_in_sec`; `TAIL_SEC` follow the last.

    Raises
    ------
    UnknownInstrumentError
        If there is no such instrument.
    """
    played = passage if tempo_bpm is None else replace(passage, tempo_bpm=tempo_bpm)
    before_sec = count_in_sec(played) if counts_in else 0.0
    parts = play_along_parts(
        played,
        instrument=instrument,
        with_band=with_band,
        with_melody=with_melody,
        counts_in=counts_in,
    )
    end_sec = before_sec + PassageClock(played).sec_at(played.length_quarter)
    return mix(parts, sampler, end_sec + TAIL_SEC)


def count_in_sec(passage: Passage, tempo_bpm: float | None = None) -> float:
    """Tell how long the bar before the first lasts.

    Parameters
    ----------
    passage : Passage
        That is counted in.
    tempo_bpm : float, optional
        Beats a minute; the passage's own if omitted.

    Returns
    -------
    float, seconds
        Of one bar.
    """
    tempo = passage.tempo_bpm if tempo_bpm is None else tempo_bpm
    return passage.signature.beats_per_bar * 60.0 / tempo


def play_along_parts(
    passage: Passage,
    *,
    instrument: str,
    with_band: bool = True,
    with_melody: bool = True,
    counts_in: bool = True,
) -> tuple[SoundingPart, ...]:
    """Give the parts that sound.

    Parameters
    ----------
    passage : Passage
        At the tempo that it is played at.
    instrument : str
        Id or name of who plays the melody.
    with_band, with_melody, counts_in : bool
        Whether rhythm section, melody and a bar before the first sound.

    Returns
    -------
    tuple of SoundingPart
        A bass as the soloist plays without another one.

    Raises
    ------
    UnknownInstrumentError
        If there is no such instrument.
    """
    soloist = find_instrument(instrument)
    begin_sec = count_in_sec(passage) if counts_in else 0.0
    parts = []
    if with_melody:
        notes = _timed(_leading(passage.notes), passage, begin_sec)
        usual = _usual_notes(soloist)
        parts.append(SoundingPart(notes, soloist.gm_program, _MELODY_DB, usual))
    if with_band:
        band = accompany(passage)
        drums = _timed(band.drums, passage, begin_sec)
        shells = _timed(band.shells, passage, begin_sec)
        parts.append(SoundingPart(drums, _DRUMS, _DRUMS_DB, (RIDE,) * 4, is_drums=True))
        parts.append(SoundingPart(shells, _PIANO, _SHELLS_DB, _USUAL_SHELLS))
        if soloist is not INSTRUMENTS["bass"]:
            bass = _timed(band.bass, passage, begin_sec)
            parts.append(SoundingPart(bass, _BASS, _BASS_DB, _USUAL_BASS))
    if counts_in:
        clicks = _timed(count_in(passage.signature), passage, 0.0)
        parts.append(SoundingPart(clicks, _DRUMS, _COUNT_DB, (SIDE_STICK,) * 4, is_drums=True))
    return tuple(parts)


def _leading(notes: Sequence[PassageNote]) -> tuple[PassageNote, ...]:
    """Play a line out: as loud as a soloist, softer and harder as it was heard."""
    if not notes:
        return ()
    shift = _LEADING_VELOCITY - round(median(one.velocity for one in notes))
    least, most = _VELOCITIES
    return tuple(
        replace(one, velocity=min(max(one.velocity + shift, least), most)) for one in notes
    )


def _timed(
    notes: Iterable[PassageNote], passage: Passage, begin_sec: float
) -> tuple[SoundingNote, ...]:
    clock = PassageClock(passage)
    timed = []
    for one in notes:
        onset_sec = clock.sec_at(one.onset_quarter)
        length_sec = clock.sec_at(one.offset_quarter) - onset_sec
        timed.append(SoundingNote(begin_sec + onset_sec, length_sec, one.pitch_midi, one.velocity))
    return tuple(timed)


def _usual_notes(soloist: Instrument) -> tuple[int, ...]:
    lowest, highest = soloist.lowest_midi, soloist.highest_midi
    return tuple(lowest + (highest - lowest) * share // 8 for share in (2, 3, 4, 5))
