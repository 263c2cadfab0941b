/** What plays: the recording, slowed and transposed, with the transcription beside it. */

export interface Loop {
  fromSec: number;
  toSec: number;
}

export type Metronome = 'off' | 'two and four' | 'all beats';

/** A note of the transcription, for the synthesiser. */
export interface PlayedNote {
  onsetSec: number;
  offsetSec: number;
  pitchMidi: number;
  /** 1 to 127. */
  velocity: number;
}

/** A beat, for metronome and count-in. */
export interface PlayedBeat {
  sec: number;
  /** 1 is the downbeat. */
  position: number;
}

/**
 * The player of a solo. Times are seconds of the original file, whatever the speed.
 *
 * Members that pages show are reactive (runes in the class that implements this).
 */
export interface Player {
  readonly state: 'empty' | 'loading' | 'ready' | 'failed';
  /** What went wrong, as a sentence, or what the fallback cannot do; empty for nothing. */
  readonly message: string;
  /** Whether the good stretcher works here; the fallback changes speed but no key. */
  readonly canTranspose: boolean;
  readonly playing: boolean;
  readonly durationSec: number;
  /** Of the cursor, renewed each frame while playing: for drawing use `onFrame`. */
  readonly shownSec: number;

  /** 0.4 to 1.2 of the tempo. */
  speed: number;
  /** -12 to 12. */
  semitones: number;
  loop: Loop | null;
  /** 0 is the recording alone, 1 the transcription alone. */
  mix: number;
  /** 0 to 1. */
  volume: number;
  metronome: Metronome;
  /** Whether a bar is counted before it starts. */
  countsIn: boolean;

  /** Exact place of what is heard now, from the audio clock. */
  currentSec(): number;
  open(audioUrl: string, durationSec: number): Promise<void>;
  /** No recording (a score): the transcription alone plays. */
  openSilence(durationSec: number): Promise<void>;
  setNotes(notes: PlayedNote[]): void;
  setBeats(beats: PlayedBeat[]): void;
  play(): Promise<void>;
  pause(): void;
  toggle(): void;
  seek(sec: number): void;
  /** Play some notes by the synthesiser now, apart from the recording; a second call ends the first. */
  playNotes(notes: PlayedNote[], tempoShare?: number): Promise<void>;
  stopNotes(): void;
  /** Call with the place before each frame is drawn while something moves; gives what ends it. */
  onFrame(draw: (sec: number) => void): () => void;
  /** Call after each pass of the loop, just before the next begins; gives what ends it. */
  onPass(passed: () => void): () => void;
  close(): void;
}
