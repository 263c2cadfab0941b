import { describe, expect, test } from 'vitest';
import { ACCEPTED, adviceFor, isMusic, kindOf } from './files';

describe('files', () => {
  test('scores are told by their suffix in any case, all else is a recording', () => {
    for (const name of ['a.MusicXML', 'b.xml', 'c.mxl', 'd.mid', 'e.MIDI', 'f.abc', 'g.jams']) {
      expect(kindOf(name), name).toBe('score');
    }
    for (const name of ['a.mp3', 'mid', 'x.mid.wav', 'notes.txt', '.']) {
      expect(kindOf(name), name).toBe('recording');
    }
  });

  test('of a folder only music is taken', () => {
    expect(['01.flac', 'cover.jpg', '._01.flac', 'take.M4A'].filter(isMusic)).toEqual([
      '01.flac',
      'take.M4A',
    ]);
  });

  test('the chooser offers what the service takes', () => {
    expect(ACCEPTED.split(',')).toEqual(expect.arrayContaining(['audio/*', '.aiff', '.mxl']));
  });

  test('each refusal says what to do', () => {
    expect(adviceFor(413, 'recording')).toContain('Cut out the solo');
    expect(adviceFor(422, 'score')).toContain('MusicXML');
    expect(adviceFor(503, 'score')).toContain('Send it again');
    expect(adviceFor(0, 'recording')).toContain('when the service is back');
  });
});
