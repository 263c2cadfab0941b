import { describe, expect, test } from 'vitest';
import { after, isBusy, startable, type Upload, waiting } from './queue';

const four = [1, 2, 3, 4].map((id) => waiting(id, { name: `${id}.mp3`, size: 100 }, 'recording'));
const start = (uploads: Upload[], ...ids: number[]) =>
  ids.reduce((all, id) => after(all, id, { kind: 'start' }), uploads);
const ids = (some: Upload[]) => some.map((one) => one.id);
const stateOf = (uploads: Upload[], id: number) => uploads.find((one) => one.id === id)?.state;

describe('the queue of uploads', () => {
  test('two go at once, the next when one has left or was refused', () => {
    expect(ids(startable(four))).toEqual([1, 2]);
    const two = start(four, 1, 2);
    expect(startable(two)).toEqual([]);
    expect(ids(startable(after(two, 1, { kind: 'leave' })))).toEqual([3]);
    const refused = after(two, 2, { kind: 'refuse', reason: 'no audio', advice: '' });
    expect(ids(startable(refused))).toEqual([3]);
    expect(refused.find((one) => one.id === 2)?.reason).toBe('no audio');
  });

  test('bytes are counted up to the size of the file, then the service checks it', () => {
    let uploads = start(four, 1);
    uploads = after(uploads, 1, { kind: 'sent', bytes: 40 });
    expect(uploads[0]).toMatchObject({ state: 'sending', sentBytes: 40 });
    uploads = after(uploads, 1, { kind: 'sent', bytes: 180 });
    expect(uploads[0]).toMatchObject({ state: 'checking', sentBytes: 100 });
  });

  test('what broke off waits again and begins at the first byte', () => {
    let uploads = after(start(four, 1), 1, { kind: 'sent', bytes: 40 });
    uploads = after(uploads, 1, { kind: 'break', reason: 'network', advice: 'again' });
    expect(stateOf(uploads, 1)).toBe('broken');
    uploads = after(uploads, 1, { kind: 'retry' });
    expect(uploads[0]).toMatchObject({ state: 'waiting', sentBytes: 0, reason: '' });
    expect(ids(startable(uploads))).toEqual([1, 2]);
  });

  test('late news of an upload changes nothing', () => {
    expect(after(four, 1, { kind: 'sent', bytes: 100 })).toEqual(four);
    const refused = after(start(four, 1), 1, { kind: 'refuse', reason: 'no', advice: '' });
    expect(after(refused, 1, { kind: 'break', reason: 'x', advice: '' })).toEqual(refused);
    expect(after(four, 9, { kind: 'leave' })).toEqual(four);
  });

  test('only refused files may be left behind', () => {
    const one = start(four.slice(0, 1), 1);
    expect(isBusy(one)).toBe(true);
    expect(isBusy(after(one, 1, { kind: 'refuse', reason: '', advice: '' }))).toBe(false);
    expect(isBusy(after(one, 1, { kind: 'break', reason: '', advice: '' }))).toBe(true);
  });
});
