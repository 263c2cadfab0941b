import { describe, expect, it } from 'vitest';
import type { SheetBar, SheetNote } from '../score/sheet';
import { Covers } from './covers.svelte';

const bar = (number: number) => ({ number, offset_sec: number * 2 }) as SheetBar;
const note = (id: string, at: number) => ({ id, bar: at }) as SheetNote;
const sheet = {
  bars: [bar(4), bar(5), bar(6)],
  notes: [note('a', 4), note('b', 4), note('c', 5)],
};

describe('covered music', () => {
  it('opens note by note, over bars, and in the end bars without one', () => {
    const covers = new Covers(
      () => true,
      () => sheet,
    );
    expect(covers.nextNote()?.id).toBe('a');
    expect(covers.bars.isHidden(4)).toBe(false);
    expect([...covers.noteIds]).toEqual(['b']);
    expect(covers.bars.isHidden(5)).toBe(true);
    expect(covers.nextNote()?.id).toBe('b');
    expect(covers.nextNote()?.id).toBe('c');
    expect(covers.hasMore).toBe(true);
    expect(covers.nextNote()).toBeNull();
    expect(covers.hasMore).toBe(false);
    covers.hideAll();
    expect(covers.bars.nHidden).toBe(3);
  });

  it('opens whole bars, too, and goes on behind them', () => {
    const covers = new Covers(
      () => true,
      () => sheet,
    );
    covers.bars.reveal(4);
    expect(covers.nextNote()?.id).toBe('c');
    covers.showAll();
    expect(covers.hasMore).toBe(false);
  });
});
