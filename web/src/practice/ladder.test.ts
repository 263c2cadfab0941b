import { describe, expect, it } from 'vitest';
import { keysOf } from './key_order';
import {
  again,
  back,
  begin,
  comesNext,
  easier,
  harder,
  type Ladder,
  next,
  nextKey,
  passed,
  rate,
  semitonesOf,
  temposOf,
} from './ladder';
import { DEFAULTS, type LadderSettings } from './settings';

function ladderOf(changed: Partial<LadderSettings> = {}, keys: number[] = [0]): Ladder {
  return begin({ ...DEFAULTS, ...changed }, keys);
}

/** Play every pass until the end; gives each state that a pass was played in. */
function climb(start: Ladder): Ladder[] {
  const played: Ladder[] = [];
  let ladder = start;
  while (!ladder.isEnded) {
    played.push(ladder);
    if (played.length > 5000) throw new Error('want an end, got none');
    ladder = passed(ladder);
  }
  return [...played, ladder];
}

const SETTINGS: Partial<LadderSettings>[] = [
  {},
  { startPercent: 80, targetPercent: 80 },
  { startPercent: 60, targetPercent: 97, stepPercent: 7, nPasses: 1 },
  { startPercent: 110, targetPercent: 120, stepPercent: 20, nPasses: 2 },
];

describe.each(SETTINGS)('a ladder of %o', (changed) => {
  const keys = keysOf('fourths', 5, Math.random);
  const ladder = ladderOf(changed, keys);
  const { settings } = ladder;
  const states = climb(ladder);
  const played = states.slice(0, -1);

  it('is never above its target, and gets there in every key', () => {
    expect(Math.max(...played.map((one) => one.percent))).toBe(settings.targetPercent);
    expect(states.at(-1)?.reached).toEqual(keys.map(() => settings.targetPercent));
  });

  it('has every key once, in order, and its tempos rise within it', () => {
    const tempos = temposOf(settings);
    const expected = keys.flatMap((key) =>
      tempos.flatMap((percent) => Array.from({ length: settings.nPasses }, () => [key, percent])),
    );
    expect(played.map((one) => [semitonesOf(one), one.percent])).toEqual(expected);
  });

  it('says before each step what comes', () => {
    played.forEach((one, at) => {
      const following = states[at + 1];
      if (following === undefined || following.nPassed > 0) return;
      const step = following.isEnded
        ? null
        : { semitones: semitonesOf(following), percent: following.percent };
      expect(comesNext(one)).toEqual(step);
    });
  });

  it('changes no more when it has ended', () => {
    const end = states.at(-1);
    if (end === undefined) throw new Error('want an end, got none');
    expect(passed(end)).toBe(end);
    expect(rate(end, 'clean')).toBe(end);
  });
});

describe('by hand', () => {
  it('what is skipped is not reached, and skipping comes to an end, too', () => {
    let ladder = ladderOf({ startPercent: 60, targetPercent: 70, stepPercent: 5 }, [0, 5]);
    let nSkipped = 0;
    while (!ladder.isEnded) {
      ladder = next(ladder);
      nSkipped += 1;
    }
    expect(nSkipped).toBe(6);
    expect(ladder.reached).toEqual([0, 0]);
    expect(nextKey(nextKey(ladderOf({}, [0, 5]))).isEnded).toBe(true);
  });

  it('back undoes a skip, over keys, and stays on the lowest step', () => {
    const lowest = ladderOf({ startPercent: 60, targetPercent: 70, stepPercent: 5 }, [0, 5]);
    const second = next(next(next(lowest)));
    expect([semitonesOf(second), second.percent]).toEqual([5, 60]);
    const before = back(second);
    expect([semitonesOf(before), before.percent]).toEqual([0, 70]);
    expect(back(back(back(before)))).toEqual(lowest);
  });

  it('once more takes the passes back, not what was reached', () => {
    const first = ladderOf({ nPasses: 2 });
    const second = passed(passed(first));
    expect(again(passed(second))).toEqual(second);
    expect(second.reached).toEqual([60]);
  });

  it('easier and harder stay within what can be played and the target', () => {
    let ladder = ladderOf({ startPercent: 60, targetPercent: 80 });
    for (let at = 0; at < 9; at += 1) ladder = harder(ladder);
    expect(ladder.percent).toBe(80);
    for (let at = 0; at < 9; at += 1) ladder = easier(ladder);
    expect(ladder.percent).toBe(40);
    expect(climb(ladder).at(-1)?.reached).toEqual([80]);
  });
});

describe('rated', () => {
  const rated = ladderOf({ isRated: true, nPasses: 2, startPercent: 60 });
  const played = (ladder: Ladder, rating: 'clean' | 'missed') => passed(rate(ladder, rating));

  it('a pass that nobody rated does not count, and a rating counts for one pass', () => {
    expect(passed(rated)).toEqual(rated);
    const once = played(rated, 'clean');
    expect(once.nPassed).toBe(1);
    expect(passed(once).nPassed).toBe(1);
  });

  it('clean passes make it faster', () => {
    expect(played(played(rated, 'clean'), 'clean').percent).toBe(65);
  });

  it('a miss begins the count anew, and two make it eight per cent slower', () => {
    const once = played(played(rated, 'clean'), 'missed');
    expect([once.percent, once.nPassed]).toEqual([60, 0]);
    const twice = played(once, 'missed');
    expect([twice.percent, twice.nMissed]).toEqual([52, 0]);
  });

  it('the last word on a pass holds', () => {
    expect(passed(rate(rate(rated, 'missed'), 'clean')).nPassed).toBe(1);
  });
});
