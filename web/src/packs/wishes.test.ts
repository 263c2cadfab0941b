import { describe, expect, it } from 'vitest';
import { orderOf, readSettings, toggled, USUAL } from './wishes';

describe('readSettings', () => {
  it('gives what is usual where nothing, or something else, was kept', () => {
    for (const text of [null, 'no json', '7', '[]']) expect(readSettings(text)).toEqual(USUAL);
  });

  it('gives back what was kept', () => {
    const kept = { ...USUAL, order: 'random', speeds: [50, 100], audio: false, paper: 'letter' };
    expect(readSettings(JSON.stringify(kept))).toEqual(kept);
  });

  it('leaves out speeds that cannot be had', () => {
    expect(readSettings('{"speeds": [7, 80]}').speeds).toEqual([80]);
    expect(readSettings('{"speeds": [7]}').speeds).toEqual(USUAL.speeds);
    expect(readSettings('{"speeds": [50, 60, 70, 80, 90]}').speeds).toHaveLength(4);
  });
});

describe('toggled', () => {
  it('takes in and leaves out, rising', () => {
    expect(toggled([60, 100], 80)).toEqual([60, 80, 100]);
    expect(toggled([60, 80, 100], 80)).toEqual([60, 100]);
  });

  it('keeps one, and no more than four', () => {
    expect(toggled([80], 80)).toEqual([80]);
    expect(toggled([50, 60, 70, 80], 90)).toEqual([50, 60, 70, 80]);
  });
});

it('orders what was set, for the instrument, with the licks that follow', () => {
  const order = orderOf({ ...USUAL, audio: false }, 'alto_sax', ['b', 'c']);
  expect(order).toMatchObject({
    instrument: 'alto_sax',
    order: 'fourths',
    audio: false,
    more_lick_ids: ['b', 'c'],
  });
});
