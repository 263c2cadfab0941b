import { describe, expect, it, vi } from 'vitest';
import { HANDFUL, inHandfuls, OutdatedError } from './handfuls';

const SIGNAL = new AbortController().signal;

function linesOf(from: number, to: number) {
  return Array.from({ length: to - from }, (_, at) => ({
    first_bar: from + at,
    last_bar: from + at,
    svg: '',
  }));
}

function sheetOf(nThere: number, nLines: number) {
  return { lines: linesOf(0, nThere), n_lines: nLines, version: 3 };
}

/** Give lines as the service does. */
function serve(nLines: number, version = 3) {
  return vi.fn((start: number, n: number) =>
    Promise.resolve({ version, lines: linesOf(start, Math.min(start + n, nLines)) }),
  );
}

async function numbersOf(handfuls: AsyncIterable<{ first_bar: number }[]>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const some of handfuls) numbers.push(...some.map((one) => one.first_bar));
  return numbers;
}

describe('handfuls', () => {
  it.each([
    [0, 0],
    [5, 5],
    [12, 12 + 2 * HANDFUL + 1],
    [HANDFUL + 1, HANDFUL + 2],
  ])('gives every line once and in order: %i of %i are there', async (nThere, nLines) => {
    const askLines = serve(nLines);
    const got = await numbersOf(inHandfuls(sheetOf(nThere, nLines), { askLines }, SIGNAL));
    expect(got).toEqual(linesOf(0, nLines).map((one) => one.first_bar));
    expect(askLines).toHaveBeenCalledTimes(Math.ceil((nLines - nThere) / HANDFUL));
  });

  it('asks for the next ones before the ones that are there are taken', async () => {
    const askLines = serve(100);
    const handfuls = inHandfuls(sheetOf(12, 100), { askLines }, SIGNAL);
    await handfuls.next();
    expect(askLines.mock.calls).toEqual([
      [12, HANDFUL, SIGNAL],
      [12 + HANDFUL, HANDFUL, SIGNAL],
    ]);
    await handfuls.next();
    expect(askLines).toHaveBeenCalledTimes(3);
  });

  it('stops where somebody changed the solo', async () => {
    const askLines = serve(100, 4);
    const got = numbersOf(inHandfuls(sheetOf(12, 100), { askLines }, SIGNAL));
    await expect(got).rejects.toThrow(OutdatedError);
  });

  it('says so where lines do not come', async () => {
    const nothing = () => Promise.resolve({ version: 3, lines: [] });
    const got = numbersOf(inHandfuls(sheetOf(12, 13), { askLines: nothing }, SIGNAL));
    await expect(got).rejects.toThrow('did not come');
    const fails = () => Promise.reject(new Error('no service'));
    const failed = numbersOf(inHandfuls(sheetOf(12, 13), { askLines: fails }, SIGNAL));
    await expect(failed).rejects.toThrow('no service');
  });

  it('has no more of a sheet that only comes whole', async () => {
    const got = await numbersOf(inHandfuls(sheetOf(12, 13), {}, SIGNAL));
    expect(got).toHaveLength(12);
  });
});
