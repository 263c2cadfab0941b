/** Where things stand in a drawn line of music, read from its SVG: no layout of the page is asked. */

// In a drawing a staff is 720 high and a head 234 wide, whatever its size on the screen.
export const STAFF_SPACE = 180;
const HALF_HEAD = 117;

export interface DrawnBar {
  number: number;
  left: number;
  right: number;
  /** Of its first head or rest; behind clef and signatures. */
  contentLeft: number;
}

export interface DrawnHead {
  noteId: string;
  /** Its middle. */
  x: number;
  y: number;
}

export interface DrawnChord {
  bar: number;
  /** In its bar. */
  index: number;
  x: number;
  /** Of its baseline. */
  y: number;
}

/** A line of music; lengths are those of the drawing's own coordinates. */
export interface DrawnLine {
  width: number;
  height: number;
  /** Of the highest line of its staves, and of the lowest. */
  top: number;
  bottom: number;
  bars: DrawnBar[];
  /** By their ids. */
  heads: Map<string, DrawnHead>;
  chords: DrawnChord[];
}

type Place = readonly [x: number, y: number];

function numbersOf(text: string | null | undefined): number[] {
  return (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}

function placeOf(element: Element | null): Place | null {
  const [x, y] = numbersOf(element?.getAttribute('transform'));
  return x === undefined || y === undefined ? null : [x, y];
}

/** Read where everything stands in a line. */
export function readDrawing(svg: SVGSVGElement): DrawnLine {
  const [, , width = 1, height = 1] = numbersOf(svg.getAttribute('viewBox'));
  const [dx, dy] = placeOf(svg.querySelector('g.page-margin')) ?? [0, 0];
  const line: DrawnLine = {
    width,
    height,
    top: height,
    bottom: 0,
    bars: [],
    heads: new Map(),
    chords: [],
  };
  for (const measure of svg.querySelectorAll<SVGGElement>('g.measure[data-bar]')) {
    readMeasure(measure, line, dx, dy);
  }
  return line;
}

function readMeasure(measure: SVGGElement, line: DrawnLine, dx: number, dy: number): void {
  const number = Number(measure.dataset.bar);
  const staves = [...measure.querySelectorAll(':scope > g.staff')];
  const edges = numbersOf(staves[0]?.querySelector(':scope > path')?.getAttribute('d'));
  const left = (edges[0] ?? 0) + dx;
  const right = (edges.at(-2) ?? 0) + dx;
  line.top = Math.min(line.top, (edges[1] ?? 0) + dy);
  for (const staff of staves) {
    const lowest = [...staff.querySelectorAll(':scope > path')].at(-1);
    line.bottom = Math.max(line.bottom, (numbersOf(lowest?.getAttribute('d'))[1] ?? 0) + dy);
  }
  for (const note of measure.querySelectorAll<SVGGElement>('g.note[id][data-note]')) {
    const place = placeOf(note.querySelector('.notehead use'));
    if (place === null) continue;
    const head = { x: place[0] + dx + HALF_HEAD, y: place[1] + dy };
    line.heads.set(note.id, { noteId: note.dataset.note ?? '', ...head });
  }
  for (const chord of measure.querySelectorAll<SVGGElement>('g.harm[data-chord]')) {
    const text = chord.querySelector('text');
    const x = Number(text?.getAttribute('x')) + dx;
    const y = Number(text?.getAttribute('y')) + dy;
    line.chords.push({ bar: number, index: Number(chord.dataset.chord), x, y });
  }
  line.bars.push({ number, left, right, contentLeft: contentLeft(measure, left, right, dx) });
}

function contentLeft(measure: Element, left: number, right: number, dx: number): number {
  const xs = (selector: string) =>
    [...measure.querySelectorAll(selector)]
      .map((one) => placeOf(one)?.[0])
      .filter((one) => one !== undefined);
  const signs = xs('.clef use, .keySig use, .meterSig use').map((x) => x + dx + STAFF_SPACE * 2);
  const afterSigns = Math.max(left + STAFF_SPACE, ...signs);
  const content = xs('.notehead use, g.rest:not(.mRest) > use').map((x) => x + dx + HALF_HEAD);
  return content.length === 0 ? Math.min(afterSigns, right) : Math.min(...content);
}
