import { expect, test } from 'vitest';
import { Turns } from './turns';

test('what comes second begins with what the first has left', async () => {
  const turns = new Turns();
  let tags = ['blues'];
  const add = (tag: string) =>
    turns.take(async () => {
      const known = tags;
      await Promise.resolve();
      tags = [...known, tag];
    });
  await Promise.all([add('slow'), add('to learn')]);
  expect(tags).toEqual(['blues', 'slow', 'to learn']);
});

test('one that fails fails alone', async () => {
  const turns = new Turns();
  const failed = turns.take(() => Promise.reject(new Error('no')));
  const next = turns.take(() => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});
