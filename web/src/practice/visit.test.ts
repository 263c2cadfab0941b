import { describe, expect, it } from 'vitest';
import { begin, type Ladder, passed, rate, semitonesOf } from './ladder';
import { DEFAULTS, type LadderSettings } from './settings';
import { comeTo, isClean, percentOf, type Visit, withPass } from './visit';

const LOOP_SEC = 2;

function ladderOf(changed: Partial<LadderSettings>, keys: number[] = [0]): Ladder {
  return begin({ ...DEFAULTS, ...changed }, keys);
}

/** Play passes as they were rated; gives the visits of the keys, the last one still open. */
function play(start: Ladder, ratings: ('clean' | 'missed')[]): Visit[] {
  const visits: Visit[] = [];
  let ladder = start;
  let visit = comeTo(ladder);
  for (const rating of ratings) {
    const rated = rate(ladder, rating);
    const after = passed(rated);
    visit = withPass(visit, rated, after, LOOP_SEC);
    if (after.isEnded || after.keyAt !== ladder.keyAt) {
      visits.push(visit);
      visit = comeTo(after);
    }
    ladder = after;
    if (ladder.isEnded) return visits;
  }
  return [...visits, visit];
}

describe('what was played in a key', () => {
  it('is clean at the target when the whole ladder was climbed', () => {
    const settings = { startPercent: 50, targetPercent: 100, stepPercent: 50, nPasses: 2 };
    const visits = play(ladderOf(settings, [0, 5]), Array<'clean'>(8).fill('clean'));
    expect(visits.map((one) => [one.semitones, one.nPasses, percentOf(one), isClean(one)])).toEqual(
      [
        [0, 4, 100, true],
        [5, 4, 100, true],
      ],
    );
    // Two passes at half the tempo, two at all of it.
    expect(visits[0]?.playedSec).toBeCloseTo(2 * 4 + 2 * 2);
  });

  it('is clean as far as steps were played to their end, whatever was begun then', () => {
    const settings = { startPercent: 60, targetPercent: 100, stepPercent: 10, nPasses: 2 };
    const [visit] = play(ladderOf(settings), ['clean', 'clean', 'clean']);
    expect(visit?.nPasses).toBe(3);
    expect([percentOf(visit as Visit), isClean(visit as Visit)]).toEqual([60, true]);
  });

  it('is not clean when no step came to its end, and misses are no end of one', () => {
    const settings = { startPercent: 80, targetPercent: 100, stepPercent: 10, nPasses: 2 };
    const rated = ladderOf({ ...settings, isRated: true });
    for (const ratings of [['clean'], ['missed', 'missed'], ['missed', 'missed', 'missed']]) {
      const [visit] = play(rated, ratings as ('clean' | 'missed')[]);
      expect(isClean(visit as Visit)).toBe(false);
      expect(visit?.nPasses).toBe(ratings.length);
    }
    const [slowed] = play(rated, ['missed', 'missed', 'clean']);
    expect(percentOf(slowed as Visit)).toBe(72);
  });

  it('is nothing before a pass has ended', () => {
    const ladder = ladderOf({}, [3]);
    expect(comeTo(ladder)).toMatchObject({ semitones: semitonesOf(ladder), nPasses: 0 });
  });
});
