import { describe, expect, it } from 'vitest';
import type { Bar } from '../time/bars';
import { beatGrid, cellAt, eighthGrid, nearestOf, snapped, stepped } from './snapping';

const beats = [1, 1.5, 2, 2.5, 3];

function bar(number: number, beatSecs: number[], offsetSec: number): Bar {
  const onsetSec = beatSecs[0] ?? 0;
  return { number, onsetSec, offsetSec, beatSecs, firstPosition: 1, chorus: null, section: '' };
}

describe('the grid', () => {
  it('is all beats, and the end of the last bar', () => {
    expect(beatGrid([bar(1, [1, 1.5], 2), bar(2, [2, 2.5], 3)])).toEqual(beats);
    expect(beatGrid([])).toEqual([]);
  });

  it('has second eighths where the swing puts them', () => {
    expect(eighthGrid([0, 1], 1)).toEqual([0, 0.5, 1]);
    expect(eighthGrid([0, 0.9], 2)[1]).toBeCloseTo(0.6);
  });
});

describe('snapping', () => {
  it('draws a time to a beat that is near on the screen', () => {
    expect(snapped(beats, 1.52, 100)).toBe(1.5);
    expect(snapped(beats, 1.52, 1000)).toBe(1.52);
  });

  it('leaves times alone where there are no beats', () => {
    expect(snapped([], 7, 100)).toBe(7);
    expect(nearestOf([], 7)).toBeNull();
  });

  it('knows the nearest before the first and behind the last', () => {
    expect(nearestOf(beats, 0)).toBe(1);
    expect(nearestOf(beats, 9)).toBe(3);
    expect(nearestOf(beats, 2.26)).toBe(2.5);
  });
});

describe('cells and steps', () => {
  it('finds the cell that holds a time', () => {
    expect(cellAt(beats, 1.7)).toEqual([1.5, 2]);
    expect(cellAt(beats, 8)).toEqual([8, 8.2]);
  });

  it('steps to the neighbours, and from between them to the nearer side', () => {
    expect(stepped(beats, 1.5, true)).toBe(2);
    expect(stepped(beats, 1.5, false)).toBe(1);
    expect(stepped(beats, 1.7, false)).toBe(1.5);
    expect(stepped(beats, 3, true)).toBe(3);
    expect(stepped(beats, 1, false)).toBe(1);
  });

  it('does not stand still on a beat that was rounded', () => {
    expect(stepped(beats, 1.49999, true)).toBe(2);
    expect(stepped(beats, 1.50001, false)).toBe(1);
  });
});
