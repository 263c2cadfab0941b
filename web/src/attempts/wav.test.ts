import { expect, it } from 'vitest';
import { encodeWav } from './wav';

function textAt(bytes: ArrayBuffer, from: number, to: number): string {
  return String.fromCharCode(...new Uint8Array(bytes.slice(from, to)));
}

it('writes a header that says what follows, and the samples', () => {
  const bytes = encodeWav([new Float32Array([0, 0.5]), new Float32Array([-1, 2, -3])], 48_000);
  const view = new DataView(bytes);
  expect(textAt(bytes, 0, 4)).toBe('RIFF');
  expect(view.getUint32(4, true)).toBe(bytes.byteLength - 8);
  expect(textAt(bytes, 8, 16)).toBe('WAVEfmt ');
  expect([view.getUint16(20, true), view.getUint16(22, true)]).toEqual([1, 1]);
  expect(view.getUint32(24, true)).toBe(48_000);
  expect(view.getUint32(28, true)).toBe(96_000);
  expect(view.getUint16(34, true)).toBe(16);
  expect(textAt(bytes, 36, 40)).toBe('data');
  expect(view.getUint32(40, true)).toBe(10);
  const samples = [0, 1, 2, 3, 4].map((at) => view.getInt16(44 + 2 * at, true));
  // What is louder than full is cut, not turned round.
  expect(samples).toEqual([0, 16384, -32767, 32767, -32767]);
});

it('writes a file of nothing for no samples', () => {
  expect(encodeWav([], 44_100).byteLength).toBe(44);
});
