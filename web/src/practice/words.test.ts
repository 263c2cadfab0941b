import { describe, expect, it } from 'vitest';
import { DEFAULTS } from './settings';
import { aboutText, climbSec, keyShown, planText, semitonesText, spoken } from './words';

describe('words of practising', () => {
  it('name keys for the eye and for the ear', () => {
    expect(keyShown('F:blues', 5)).toBe('B♭');
    expect(keyShown(null, -2)).toBe('−2');
    expect(spoken('B♭m')).toBe('B flat minor');
    expect([0, 1, -2].map(semitonesText)).toEqual(['as recorded', '+1 semitone', '−2 semitones']);
  });

  it('say how long a ladder takes: slower passes take longer', () => {
    const settings = { ...DEFAULTS, startPercent: 50, targetPercent: 100, stepPercent: 50 };
    expect(climbSec({ ...settings, nPasses: 2 }, 3, 4)).toBeCloseTo(2 * 3 * (8 + 4));
    expect([12, 70, 3000].map(aboutText)).toEqual([
      'about 10 seconds',
      'about 1 minute',
      'about 50 minutes',
    ]);
    expect(planText(DEFAULTS, 12, 3.2)).toBe(
      '324 passes, 60 to 100 % in 12 keys: about 22 minutes.',
    );
  });
});
