import { expect, test } from 'vitest';
import {
  clipProblem,
  type ClipWishes,
  clipUrl,
  fileUrl,
  HEARD_FILES,
  PAGE_FILES,
  type PageWishes,
} from './files';

const plain: PageWishes = {
  part: null,
  key: null,
  tab: true,
  doubtful: true,
  paper: 'a4',
  bars: null,
};

test('a page without wishes has a plain address', () => {
  const pdf = PAGE_FILES.find((one) => one.suffix === 'pdf');
  expect(pdf && fileUrl('j', pdf, plain)).toBe('/jobs/j/score.pdf');
});

test('wishes for a page are named as the service names them', () => {
  const [pdf] = PAGE_FILES;
  const wishes: PageWishes = {
    part: 'alto_sax',
    key: 'F:major',
    tab: false,
    doubtful: false,
    paper: 'letter',
    bars: [5, 8],
  };
  expect(pdf && fileUrl('j', pdf, wishes)).toBe(
    '/jobs/j/score.pdf?part=alto_sax&key=F%3Amajor&tab=none&doubtful=false&paper=letter&from_bar=5&to_bar=8',
  );
});

test('what was heard has no wishes', () => {
  const urls = HEARD_FILES.map((one) => fileUrl('j', one, { ...plain, part: 'guitar' }));
  expect(urls).toContain('/jobs/j/transcription.mid');
  expect(urls).toContain('/jobs/j/score.csv');
  expect(urls.join()).not.toContain('guitar');
});

test('a clip is of a lick or of a stretch', () => {
  const clip = { kind: 'mp3', speed: 50, semitones: -2, repeat: 4 } as const;
  expect(clipUrl({ lickId: 'l' }, clip)).toBe('/licks/l/clip.mp3?speed=50&semitones=-2&repeat=4');
  const asPlayed = { kind: 'wav', speed: 100, semitones: 0, repeat: 1 } as const;
  expect(clipUrl({ jobId: 'j', fromSec: 1.23456, toSec: 2 }, asPlayed)).toBe(
    '/jobs/j/clip.wav?from_sec=1.235&to_sec=2.000',
  );
});

test('a clip that the service would refuse is refused with a sentence before it is asked for', () => {
  const clip: ClipWishes = { kind: 'mp3', speed: 50, semitones: 0, repeat: 4 };
  expect(clipProblem(8, clip)).toBe('');
  expect(clipProblem(121, clip)).toContain('two minutes');
  expect(clipProblem(120, { ...clip, repeat: 16 })).toContain('20 minutes');
  expect(clipProblem(8, { ...clip, speed: null })).toContain('Speed');
  expect(clipProblem(8, { ...clip, speed: 130 })).toContain('Speed');
  expect(clipProblem(8, { ...clip, semitones: 13 })).toContain('Semitones');
  expect(clipProblem(8, { ...clip, repeat: 1.5 })).toContain('Times');
});
