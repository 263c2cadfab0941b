import { expect, it } from 'vitest';
import { chartBody, chartKind } from './pasted';

it('What is pasted is told by how it looks', () => {
  expect(chartBody('irealb://Tune=Composer')).toHaveProperty('ireal');
  expect(chartBody('<a href="irealbook://Tune">Tune</a>')).toHaveProperty('ireal');
  expect(chartBody('\uFEFF<?xml version="1.0"?><score-partwise/>')).toEqual({
    musicxml: '<?xml version="1.0"?><score-partwise/>',
  });
  expect(chartBody('| Dm7 G7 | C |')).toEqual({ text: '| Dm7 G7 | C |' });
});

it('and said', () => {
  expect(chartKind(' ')).toBe('');
  expect(chartKind('| Dm7 G7 | C | % |')).toBe('A chart of 3 bars');
  expect(chartKind('irealb://Tune')).toBe('A link of iReal Pro');
});
