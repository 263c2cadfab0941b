import { describe, expect, it } from 'vitest';
import type { Lick } from '../api/types';
import { bodyOf, type Draft, draftOf, emptyDraft, moved, problemOf, readDraft } from './draft';
import type { AssignmentDetails } from './types';

const LICK = { id: 'a', name: 'Turn', number: 3, bars: [4, 5], reasons: [] } as unknown as Lick;

function draft(changed: Partial<Draft> = {}): Draft {
  return { ...emptyDraft(), title: ' Week 1 ', licks: [draftOf(LICK, 'Solo')], ...changed };
}

describe('an assignment that is written', () => {
  it('is sent with what is usual where nothing was said', () => {
    expect(bodyOf(draft())).toEqual({
      title: 'Week 1',
      text: '',
      part: null,
      feedback: 'key',
      licks: [
        {
          lick_id: 'a',
          title: null,
          audio: true,
          speed_percent: 100,
          score: 'shown',
          questions: true,
          keys: [],
        },
      ],
    });
  });

  it('is the same when it is read again, without licks that are gone', () => {
    const before = draft({ title: 'Week 1', part: 'concert' });
    const [lick] = before.licks;
    if (lick === undefined) throw new Error('want a lick, got none');
    lick.keys = ['Eb'];
    const body = bodyOf(before);
    const details = {
      ...body,
      licks: [...body.licks, { ...body.licks[0], lick_id: null }].map((one, at) => ({
        ...one,
        number: at + 1,
        keys: ['Eb:major'],
      })),
      found: [{ number: 1, title: 'Turn', bars: [4, 5], job_id: 'j', asked: [] }],
    } as unknown as AssignmentDetails;
    expect(bodyOf(readDraft(details))).toEqual(body);
  });

  it('says what it lacks', () => {
    expect(problemOf(draft())).toBe('');
    expect(problemOf(draft({ title: ' ' }))).toBe('Give it a title.');
    expect(problemOf(draft({ licks: [] }))).toBe('Choose at least one lick.');
    const [lick] = draft().licks;
    if (lick === undefined) throw new Error('want a lick, got none');
    const unasked = { ...lick, score: 'after_answers' as const, hasQuestions: false };
    expect(problemOf(draft({ licks: [unasked] }))).toContain('never shown');
  });
});

it('what is moved loses nothing and stops at the ends', () => {
  const list = ['a', 'b', 'c'];
  expect(moved(list, 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(list, 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(list, 0, -1)).toEqual(list);
  expect(moved(list, 2, 1)).toEqual(list);
  expect(moved(list, 0, 9)).toEqual(['b', 'c', 'a']);
});
