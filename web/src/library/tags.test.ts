import { describe, expect, test } from 'vitest';
import { readTags, suggested, withoutTag, withTags } from './tags';

describe('tags', () => {
  test('commas part them, spaces around them do not count', () => {
    expect(readTags(' to  learn, blues;;<b>x</b>,')).toEqual(['to learn', 'blues', '<b>x</b>']);
  });

  test('a tag that differs in case only is there already', () => {
    expect(withTags(['Blues'], 'blues, fast, FAST')).toEqual(['Blues', 'fast']);
    expect(withoutTag(['Blues', 'fast'], 'BLUES')).toEqual(['fast']);
  });

  test('what is on the solo is not suggested', () => {
    expect(suggested(['blues', 'ballad'], ['Blues'])).toEqual(['ballad']);
  });
});
