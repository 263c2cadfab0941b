/** The chords of a bar as a musician types them: `Dm7 G7`, `Dm7 . . G7`, `%`. */

/** A chord where it enters: `beat` counts the bar's beats from 0. */
export interface PlacedChord {
  beat: number;
  symbol: string;
}

/** The beats on which so many chords enter, as even as whole beats allow, the longer ones first. */
export function evenBeats(nChords: number, nBeats: number): number[] {
  const beats: number[] = [];
  let beat = 0;
  for (let at = 0; at < nChords; at += 1) {
    beats.push(beat);
    beat += Math.floor(nBeats / nChords) + (at < nBeats % nChords ? 1 : 0);
  }
  return beats;
}

/**
 * Write a bar as somebody would type it.
 *
 * @param chords in order, the first on beat 0
 */
export function barText(chords: readonly PlacedChord[], nBeats: number): string {
  const changes = chords.filter((one, at) => at === 0 || one.symbol !== chords[at - 1]?.symbol);
  const even = evenBeats(changes.length, nBeats);
  if (changes.every((one, at) => one.beat === even[at])) {
    return changes.map((one) => one.symbol).join(' ');
  }
  const slots = Array.from({ length: nBeats }, () => '.');
  for (const one of changes) slots[one.beat] = one.symbol;
  return slots.join(' ');
}

/**
 * Read what was typed into a bar.
 *
 * Chords are spread evenly; with `.` or `/` among them each chord and each of these is one beat.
 * `%` plays the bar before again; a bar that begins with `.` holds the last chord of it.
 *
 * @param before chords of the bar before
 * @returns the chords, the first on beat 0
 * @throws Error with a sentence that says what can be typed
 */
export function readBar(
  typed: string,
  nBeats: number,
  before: readonly PlacedChord[],
): PlacedChord[] {
  const tokens = withAscii(typed)
    .split(/[\s,]+/)
    .filter((one) => one !== '');
  if (tokens.length === 1 && tokens[0] === '%') {
    if (before.length === 0) throw new Error('want a bar before the one that repeats it, got none');
    return before.filter((one) => one.beat < nBeats);
  }
  const isSlotted = tokens.some(isHold);
  if (tokens.length > nBeats) {
    throw new Error(`want at most ${nBeats} chords in this bar, got ${tokens.length}`);
  }
  if (!isSlotted) {
    const beats = evenBeats(tokens.length, nBeats);
    return tokens.map((symbol, at) => ({ beat: beats[at] ?? 0, symbol }));
  }
  const chords: PlacedChord[] = [];
  tokens.forEach((symbol, beat) => {
    if (!isHold(symbol)) chords.push({ beat, symbol });
  });
  if (chords[0]?.beat === 0) return chords;
  const held = before.at(-1);
  if (held === undefined) throw new Error('want a chord on beat 1, got none that is held');
  return [{ beat: 0, symbol: held.symbol }, ...chords];
}

function isHold(token: string): boolean {
  return token === '.' || token === '/';
}

/** Write what a phone or another program may give for flats and sharps as everybody types it. */
export function withAscii(text: string): string {
  return text.replaceAll('♭', 'b').replaceAll('♯', '#').replaceAll('Δ', '△');
}

/** Split what was typed into bars: `Dm7 | G7 | C` fills three. */
export function splitBars(typed: string): string[] {
  const bars = typed.split('|').map((one) => one.trim());
  if (bars.length > 1 && bars[0] === '') bars.shift();
  if (bars.length > 1 && bars.at(-1) === '') bars.pop();
  return bars;
}
