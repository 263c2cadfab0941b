import { describe, expect, it } from 'vitest';
import { partsOf } from './parts';

const said = { text: '', bars: [13, 14], from_sec: null, to_sec: null, match: null };

describe('partsOf', () => {
  it('makes bars that the sentence rests on places to go to', () => {
    const parts = partsOf({ ...said, text: 'Ends on F, the b7th of Gm7 (bars 13-14).' });
    expect(parts).toEqual([
      { kind: 'text', text: 'Ends on F, the ♭7th of Gm7 (' },
      { kind: 'bar', text: 'bars 13–14', bar: 13 },
      { kind: 'text', text: ').' },
    ]);
  });

  it('leaves bars that it does not rest on as text', () => {
    const text = 'As in bar 99.';
    expect(partsOf({ ...said, text })).toEqual([{ kind: 'text', text }]);
  });

  it('goes to the exact moment of a time that is written in whole seconds', () => {
    const times = { from_sec: 65.93, to_sec: 71.2 };
    const parts = partsOf({ ...said, ...times, text: 'Play from 1:05 to 1:12, then to 2:00.' });
    expect(parts.filter((one) => one.kind === 'time')).toEqual([
      { kind: 'time', text: '1:05', sec: 65.93 },
      { kind: 'time', text: '1:12', sec: 71.2 },
      { kind: 'time', text: '2:00', sec: 120 },
    ]);
  });

  it('writes bars before the first one with a minus', () => {
    const parts = partsOf({ ...said, bars: [-1, 0, 1], text: 'From G to G (bars -1-1).' });
    expect(parts[1]).toEqual({ kind: 'bar', text: 'bars −1–1', bar: -1 });
  });

  it('makes nothing of what is in another solo, whatever its title', () => {
    const match = { performer: 'A', title: 'bar 13', bars: [13], similarity: 1, solo_id: 's' };
    const text = 'A plays exactly this in "bar 13", bar 13.';
    expect(partsOf({ ...said, match, text })).toHaveLength(1);
  });

  it('keeps every letter of the sentence', () => {
    const text = 'At 0:06 hear F give way (bar 13), at 99:99 not.';
    const whole = partsOf({ ...said, text }).map((one) => one.text);
    expect(whole.join('')).toBe(text);
  });
});
