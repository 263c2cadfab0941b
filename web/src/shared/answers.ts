/** What a student has chosen so far, and what came back of it. */
import type { Marked, MarkedAnswer, Shared } from './types';

/** Index of the choice by lick and question. */
export type Choices = Readonly<Record<string, number>>;

export function nameOf(lick: number, question: number): string {
  return `${lick}.${question}`;
}

/** Count the questions, and those that have an answer. */
export function countOf(shared: Shared, choices: Choices): { nAsked: number; nAnswered: number } {
  const names = shared.licks.flatMap((lick) =>
    lick.questions.map((one) => nameOf(lick.number, one.number)),
  );
  const nAnswered = names.filter((name) => choices[name] !== undefined).length;
  return { nAsked: names.length, nAnswered };
}

/** Write what the service wants: answers to questions that there are. */
export function answersOf(shared: Shared, choices: Choices) {
  return shared.licks.flatMap((lick) =>
    lick.questions.flatMap((one) => {
      const choice = choices[nameOf(lick.number, one.number)];
      return choice === undefined ? [] : [{ lick: lick.number, question: one.number, choice }];
    }),
  );
}

/** Find what came back of a question. */
export function markOf(marked: Marked | null, lick: number, question: number): MarkedAnswer | null {
  const found = marked?.answers.find((one) => one.lick === lick && one.question === question);
  return found ?? null;
}

/** Say how it went, as far as the teacher tells. */
export function resultText(marked: Marked): string {
  if (marked.n_right === null) return 'Your answers are with your teacher.';
  return `${marked.n_right} of ${marked.n_asked} right`;
}
