import { describe, expect, it } from 'vitest';
import type { Bar } from '../time/bars';
import { inPulse, tempoOf } from './pulse';

/** Bars of four beats at 120, the first one at 10 s. */
const bars: Bar[] = Array.from({ length: 4 }, (_, at) => ({
  number: at + 1,
  onsetSec: 10 + 2 * at,
  offsetSec: 12 + 2 * at,
  beatSecs: [0, 1, 2, 3].map((beat) => 10 + 2 * at + beat / 2),
  firstPosition: 1,
  chorus: null,
  section: '',
}));

describe('a loop in time', () => {
  it('lasts whole bars from where it starts', () => {
    expect(inPulse({ fromSec: 11.75, toSec: 12.9 }, bars)).toEqual({
      fromSec: 11.75,
      toSec: 13.75,
    });
    expect(inPulse({ fromSec: 11.75, toSec: 14.2 }, bars)).toEqual({
      fromSec: 11.75,
      toSec: 15.75,
    });
  });

  it('leaves whole bars as they are, also when they end a hair late', () => {
    expect(inPulse({ fromSec: 10, toSec: 12 }, bars)).toEqual({ fromSec: 10, toSec: 12 });
    expect(inPulse({ fromSec: 10, toSec: 12.05 }, bars)).toEqual({ fromSec: 10, toSec: 12 });
  });

  it('is the stretch where no beats are, or none are left', () => {
    const late = { fromSec: 16.5, toSec: 17.4 };
    expect(inPulse(late, bars)).toBe(late);
    expect(inPulse(late, [])).toBe(late);
  });
});

describe('the tempo of a stretch', () => {
  it('is that of its beats', () => {
    expect(tempoOf({ fromSec: 10.3, toSec: 13.1 }, bars)).toBeCloseTo(120);
    expect(tempoOf({ fromSec: 10, toSec: 12 }, [])).toBeNull();
  });
});
