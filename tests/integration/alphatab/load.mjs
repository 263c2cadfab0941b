// Loads AlphaTex with alphaTab and writes what it understood as JSON.
import * as fs from 'node:fs';
import * as alphaTab from '@coderline/alphatab';

const importer = new alphaTab.importer.AlphaTexImporter();
importer.initFromString(fs.readFileSync(process.argv[2], 'utf8'), new alphaTab.Settings());
let score;
try {
  score = importer.readScore();
} catch (error) {
  const told = [importer.lexerDiagnostics, importer.parserDiagnostics, importer.semanticDiagnostics];
  const lines = told.flatMap((one) => [...(one?.items ?? [])]).map((one) => `${one.code} ${one.message}`);
  console.error([error.message, ...lines].join('\n'));
  process.exit(1);
}
const length = (beat) => (beat.graceType ? 0 : beat.displayDuration);
console.log(JSON.stringify({
  title: score.title,
  tempo: score.tempo,
  swung: score.masterBars[0].tripletFeel !== 0,
  bars: score.masterBars.length,
  staves: score.tracks[0].staves.map((staff) => staff.bars.map((bar) => ({
    key: bar.keySignature,
    whole: bar.masterBar.calculateDuration(),
    voices: bar.voices.map((voice) => ({
      length: voice.beats.reduce((sum, beat) => sum + length(beat), 0),
      beats: voice.beats.map((beat) => ({
        chord: beat.chord ? beat.chord.name : null,
        grace: beat.graceType !== 0,
        notes: beat.notes.filter((note) => !note.isTieDestination)
          .map((note) => [note.realValue, note.displayValue]),
      })),
    })),
  }))),
}));
