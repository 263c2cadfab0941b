import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Gestures, type Point } from './gestures';

function point(x: number, y = 0, more: Partial<Point> = {}): Point {
  return { x, y, isTouch: false, adds: false, isFree: false, grip: '', ...more };
}
const finger = (x: number, y = 0) => point(x, y, { isTouch: true });

let did: string[];
let gestures: Gestures;

beforeEach(() => {
  vi.useFakeTimers();
  did = [];
  gestures = new Gestures({
    grab: (from) => {
      did.push(`grab ${from.x}`);
      return {
        move: (to) => did.push(`move ${to.x}`),
        end: () => did.push('end'),
        cancel: () => did.push('cancel'),
      };
    },
    holds: (at) => at.grip === 'note',
    tap: (at) => did.push(`tap ${at.x}`),
    doubleTap: (at) => did.push(`double ${at.x}`),
    pan: (by) => did.push(`pan ${by}`),
    zoom: (factor, x) => did.push(`zoom ${factor} at ${x}`),
    began: () => undefined,
  });
});

describe('a mouse', () => {
  it('taps when it hardly moves', () => {
    gestures.down(1, point(10));
    gestures.move(1, point(12));
    gestures.up(1, point(12), 0);
    expect(did).toEqual(['tap 12']);
  });

  it('drags from where it was pressed', () => {
    gestures.down(1, point(10));
    gestures.move(1, point(20));
    gestures.move(1, point(30));
    gestures.up(1, point(30), 0);
    expect(did).toEqual(['grab 10', 'move 20', 'move 30', 'end']);
  });

  it('taps twice when that is quick and at one place', () => {
    for (const [x, at] of [
      [10, 0],
      [11, 200],
      [12, 300],
      [200, 400],
    ] as const) {
      gestures.down(1, point(x));
      gestures.up(1, point(x), at);
    }
    expect(did).toEqual(['tap 10', 'double 11', 'tap 12', 'tap 200']);
  });
});

describe('fingers', () => {
  it('move the view', () => {
    gestures.down(1, finger(100));
    gestures.move(1, finger(80));
    gestures.move(1, finger(70));
    gestures.up(1, finger(70), 0);
    expect(did).toEqual(['pan 20', 'pan 10']);
  });

  it('drag what they are on', () => {
    gestures.down(1, { ...finger(100), grip: 'note' });
    gestures.move(1, finger(80));
    expect(did).toEqual(['grab 100', 'move 80']);
  });

  it('drag after a rest', () => {
    gestures.down(1, finger(100));
    vi.advanceTimersByTime(500);
    gestures.move(1, finger(101));
    gestures.up(1, finger(101), 0);
    expect(did).toEqual(['grab 100', 'move 101', 'end']);
    expect(gestures.isDragging).toBe(false);
  });

  it('do not drag when the page scrolled before the rest was over', () => {
    gestures.down(1, finger(100));
    gestures.cancel(1);
    vi.advanceTimersByTime(500);
    expect(did).toEqual([]);
  });

  it('zoom around their middle when they are two, and take back what the first one began', () => {
    gestures.down(1, { ...finger(100), grip: 'note' });
    gestures.move(1, finger(120));
    gestures.down(2, finger(220));
    gestures.move(2, finger(320));
    expect(did).toEqual(['grab 100', 'move 120', 'cancel', 'zoom 0.5 at 220', 'pan -50']);
  });

  it('do nothing more when one of two is lifted', () => {
    gestures.down(1, finger(100));
    gestures.down(2, finger(200));
    gestures.up(2, finger(200), 0);
    gestures.move(1, finger(300));
    gestures.up(1, finger(300), 0);
    expect(did).toEqual([]);
  });
});
