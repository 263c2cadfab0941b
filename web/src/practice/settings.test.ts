import { describe, expect, it } from 'vitest';
import { DEFAULTS, isPreset, PRESETS, readSettings, sensible } from './settings';

describe('settings of the ladder', () => {
  it('come back as they were kept', () => {
    const kept = { ...DEFAULTS, startPercent: 70, order: 'random' as const, countsIn: true };
    expect(readSettings(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', '{', '[]', '7', '{"startPercent":"fast","order":"up","isRated":1}'])(
    'are the usual ones where %j was kept',
    (text) => {
      expect(readSettings(text)).toEqual(DEFAULTS);
    },
  );

  it('are what can be played, whatever was typed', () => {
    const wild = sensible({
      ...DEFAULTS,
      startPercent: 5,
      targetPercent: 900,
      stepPercent: 0,
      nPasses: Number.NaN,
      nKeys: 3.4,
    });
    expect(wild).toMatchObject({
      startPercent: 40,
      targetPercent: 120,
      stepPercent: 1,
      nPasses: DEFAULTS.nPasses,
      nKeys: 3,
    });
    expect(sensible({ ...DEFAULTS, startPercent: 110, targetPercent: 90 }).targetPercent).toBe(110);
  });

  it('know a preset again', () => {
    for (const preset of PRESETS) {
      const chosen = sensible({ ...DEFAULTS, ...preset.change });
      expect(PRESETS.filter((one) => isPreset(chosen, one))).toEqual([preset]);
    }
  });
});
