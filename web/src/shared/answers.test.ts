import { describe, expect, it } from 'vitest';
import { answersOf, countOf, markOf, nameOf, resultText } from './answers';
import type { Marked, Shared } from './types';

const SHARED = {
  licks: [
    { number: 1, questions: [{ number: 1 }, { number: 2 }] },
    { number: 3, questions: [{ number: 1 }] },
  ],
} as unknown as Shared;

describe('answers', () => {
  const choices = { [nameOf(1, 2)]: 0, [nameOf(3, 1)]: 2, [nameOf(9, 1)]: 1 };

  it('are counted, and sent, for questions that there are', () => {
    expect(countOf(SHARED, choices)).toEqual({ nAsked: 3, nAnswered: 2 });
    expect(answersOf(SHARED, choices)).toEqual([
      { lick: 1, question: 2, choice: 0 },
      { lick: 3, question: 1, choice: 2 },
    ]);
    expect(countOf(SHARED, {})).toEqual({ nAsked: 3, nAnswered: 0 });
  });

  it('come back each to its question, as far as it is told', () => {
    const answers = [{ lick: 3, question: 1, choice: 2, is_right: null, right: null, key: null }];
    const marked: Marked = { receipt: 'r', n_right: null, n_asked: 3, answers };
    expect(markOf(marked, 3, 1)).toBe(answers[0]);
    expect(markOf(marked, 1, 1)).toBeNull();
    expect(markOf(null, 3, 1)).toBeNull();
    expect(resultText(marked)).toBe('Your answers are with your teacher.');
    expect(resultText({ ...marked, n_right: 2 })).toBe('2 of 3 right');
  });
});
