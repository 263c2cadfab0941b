import { expect, it } from 'vitest';
import type { Result } from './types';
import { rightByQuestion, tookText } from './words';

it('a time is written as people say it', () => {
  expect([null, 12.4, 60, 185].map(tookText)).toEqual(['–', '12 s', '1 min 0 s', '3 min 5 s']);
});

it('questions are counted over students, each lick’s apart', () => {
  const answer = (lick: number, question: string, isRight: boolean) => ({
    lick,
    title: `Lick ${lick}`,
    question,
    choice: null,
    right: 'F',
    is_right: isRight,
  });
  const results = [
    { answers: [answer(1, 'Where?', true), answer(2, 'Where?', false)] },
    { answers: [answer(1, 'Where?', false), answer(2, 'Where?', false)] },
  ] as unknown as Result[];
  expect(rightByQuestion(results).map((one) => [one.title, one.nRight, one.nAsked])).toEqual([
    ['Lick 1', 1, 2],
    ['Lick 2', 0, 2],
  ]);
});
