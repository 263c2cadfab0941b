import { describe, expect, it } from 'vitest';
import { bestOf, readSessions, type Session } from './sessions';

const session: Session = { at: 1, keys: [0, 5], reached: [90, 0], targetPercent: 100 };

describe('sessions that were kept', () => {
  it('come back, the last fifty of them', () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ ...session, at }));
    const read = readSessions(JSON.stringify(many));
    expect(read).toEqual(many.slice(10));
  });

  it.each([null, '{', '{}', '[null, 3, {"at": 1}]', '[{"at":1,"keys":[0],"reached":[]}]'])(
    'are none in %j',
    (text) => {
      expect(readSessions(text)).toEqual([]);
    },
  );

  it('give the best tempo of each key', () => {
    const later = { ...session, keys: [5, 0], reached: [70, 80] };
    expect(bestOf([session, later])).toEqual(
      new Map([
        [0, 90],
        [5, 70],
      ]),
    );
  });
});
