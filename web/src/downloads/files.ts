/** What can be taken away of a solo, and the addresses of it. */

export interface FileKind {
  /** As the address ends. */
  suffix: string;
  name: string;
  /** For whom or what it is. */
  use: string;
  /** Whether part, key and bars count for it; else it is the recording's as it was heard. */
  isPage: boolean;
}

export const PAGE_FILES: FileKind[] = [
  { suffix: 'pdf', name: 'PDF', use: 'to print', isPage: true },
  {
    suffix: 'musicxml',
    name: 'MusicXML',
    use: 'MuseScore, Sibelius, Dorico, Finale',
    isPage: true,
  },
  { suffix: 'mid', name: 'MIDI, as written', use: 'with swing', isPage: true },
  { suffix: 'svg', name: 'SVG', use: 'a picture of the page', isPage: true },
  { suffix: 'alphatex', name: 'AlphaTex', use: 'text with tablature, for alphaTab', isPage: true },
  { suffix: 'abc', name: 'ABC', use: 'text, for ABC programs', isPage: true },
  { suffix: 'ly', name: 'LilyPond', use: 'text, for LilyPond', isPage: true },
];

export const HEARD_FILES: FileKind[] = [
  { suffix: 'transcription.mid', name: 'MIDI, as played', use: 'sequencers', isPage: false },
  { suffix: 'csv', name: 'CSV', use: 'spreadsheets', isPage: false },
  { suffix: 'jams', name: 'JAMS', use: 'research', isPage: false },
  { suffix: 'svl', name: 'Layer of notes', use: 'Sonic Visualiser', isPage: false },
  { suffix: 'labels.txt', name: 'Labels', use: 'Audacity', isPage: false },
  { suffix: 'ireal.html', name: 'iReal Pro', use: 'the changes', isPage: false },
  { suffix: 'cho', name: 'ChordPro', use: 'the changes, as text', isPage: false },
];

export interface PageWishes {
  part: string | null;
  /** Concert key such as `F:major`; null as it was played. */
  key: string | null;
  tab: boolean;
  doubtful: boolean;
  paper: 'a4' | 'letter';
  /** First and last bar; null for all. */
  bars: [number, number] | null;
}

/** Give the address of a file of a solo. */
export function fileUrl(jobId: string, kind: FileKind, wishes: PageWishes): string {
  const base = `/jobs/${jobId}`;
  if (kind.suffix === 'transcription.mid') return `${base}/transcription.mid`;
  if (!kind.isPage) return `${base}/score.${kind.suffix}`;
  const query = new URLSearchParams();
  if (wishes.part !== null) query.set('part', wishes.part);
  if (wishes.key !== null) query.set('key', wishes.key);
  if (!wishes.tab) query.set('tab', 'none');
  if (!wishes.doubtful) query.set('doubtful', 'false');
  if (wishes.paper !== 'a4') query.set('paper', wishes.paper);
  if (wishes.bars !== null) {
    query.set('from_bar', String(wishes.bars[0]));
    query.set('to_bar', String(wishes.bars[1]));
  }
  const text = query.toString();
  return `${base}/score.${kind.suffix}${text === '' ? '' : `?${text}`}`;
}

/** As the fields give it: null is an empty one. */
export interface ClipWishes {
  kind: 'mp3' | 'wav' | 'flac';
  /** Percent. */
  speed: number | null;
  semitones: number | null;
  repeat: number | null;
}

/** The service's limits. */
export const CLIP_LIMITS = { speed: [40, 120], semitones: [-12, 12], repeat: [1, 16] } as const;
const LONGEST_SEC = 120;
const LONGEST_WRITTEN_SEC = 1200;

/** Say what keeps a clip from being made, which a download could not; empty for nothing. */
export function clipProblem(lengthSec: number, { speed, semitones, repeat }: ClipWishes): string {
  const isWithin = (value: number | null, [least, most]: readonly [number, number]) =>
    value !== null && value >= least && value <= most;
  if (speed === null || !isWithin(speed, CLIP_LIMITS.speed)) return 'Speed: 40 to 120 percent.';
  if (!isWithin(semitones, CLIP_LIMITS.semitones) || !Number.isInteger(semitones))
    return 'Semitones: −12 to 12.';
  if (repeat === null || !isWithin(repeat, CLIP_LIMITS.repeat) || !Number.isInteger(repeat))
    return 'Times: 1 to 16.';
  if (lengthSec > LONGEST_SEC) return 'A clip is of two minutes at most: mark a shorter stretch.';
  if (((lengthSec * 100) / speed) * repeat > LONGEST_WRITTEN_SEC)
    return 'That would last over 20 minutes: repeat it less often.';
  return '';
}

/** Give the address of a lick's sound, or of that of any stretch. */
export function clipUrl(
  of: { lickId: string } | { jobId: string; fromSec: number; toSec: number },
  wishes: ClipWishes,
): string {
  const query = new URLSearchParams();
  const isLick = 'lickId' in of;
  if (!isLick) {
    query.set('from_sec', of.fromSec.toFixed(3));
    query.set('to_sec', of.toSec.toFixed(3));
  }
  if (wishes.speed !== 100) query.set('speed', String(wishes.speed));
  if (wishes.semitones !== 0) query.set('semitones', String(wishes.semitones));
  if (wishes.repeat !== 1) query.set('repeat', String(wishes.repeat));
  const base = isLick ? `/licks/${of.lickId}` : `/jobs/${of.jobId}`;
  const text = query.toString();
  return `${base}/clip.${wishes.kind}${text === '' ? '' : `?${text}`}`;
}
