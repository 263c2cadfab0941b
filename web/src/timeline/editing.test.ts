import { beforeEach, expect, it, vi } from 'vitest';
import type { Note } from '../api/types';
import type { Player } from '../player/player';
import type { Solo } from '../solo/solo.svelte';
import { editKeys } from './commands';
import { Editing } from './editing.svelte';
import type { Stage } from './stage.svelte';

function note(id: string, onset_sec: number): Note {
  const rest = { offset_sec: onset_sec + 0.4, pitch_midi: 60, velocity: 80, confidence: 1 };
  return { id, onset_sec, ...rest };
}

/** Answers of the service that are held back, the earliest first. */
let answers: ((isMade: boolean) => void)[];
let solo: Solo;
let editing: Editing;

/** Edits of a solo of two notes, some of them marked. */
function edit(...marked: string[]): Editing {
  const notes = [note('a', 1), note('b', 2)];
  // How edits get to the service is the solo's own; here it is told what became of them.
  const change = () => new Promise((resolve) => answers.push(resolve));
  solo = { notes, marked: new Set(marked), change } as unknown as Solo;
  return new Editing(solo, {} as Player);
}

beforeEach(() => {
  answers = [];
  editing = edit();
});

function lower(id: string) {
  editing.make([{ op: 'pitch', id, pitch_midi: 50 }]);
}
const pitches = () => editing.notes.map((one) => one.pitch_midi);

it('takes back what waits, the last first, and not what is on its way', () => {
  lower('a');
  lower('b');
  expect(pitches()).toEqual([50, 50]);
  expect(solo.takeBack()).toBe(true);
  expect(pitches()).toEqual([50, 60]);
  expect(solo.takeBack()).toBe(false);
  expect(answers).toHaveLength(1);
});

it('drops what waits for an edit that is not made', async () => {
  lower('a');
  lower('b');
  answers[0]?.(false);
  await vi.waitFor(() => expect(pitches()).toEqual([60, 60]));
  expect(answers).toHaveLength(1);
});

it('sends what waits after an edit that is made', async () => {
  lower('a');
  lower('b');
  answers[0]?.(true);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
});

it('merges by m where there are several notes to merge', () => {
  const keys = (...marked: string[]) =>
    editKeys({ editing: edit(...marked) } as Stage).flatMap((one) => one.keys);
  expect(keys('a')).toContain('Delete');
  expect(keys('a')).not.toContain('m');
  expect(keys('a', 'b')).toContain('m');
});
