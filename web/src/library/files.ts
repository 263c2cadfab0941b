/** Which files people bring, and by which door they go in. */

export type Kind = 'recording' | 'score';

const SCORES = ['musicxml', 'xml', 'mxl', 'mid', 'midi', 'abc', 'jams'];
const RECORDINGS = ['mp3', 'wav', 'flac', 'ogg', 'oga', 'opus', 'm4a', 'aac', 'aif', 'aiff', 'mp4'];

/** For file choosers; phones offer their recorder for the first. */
export const ACCEPTED = ['audio/*', ...[...RECORDINGS, ...SCORES].map((one) => `.${one}`)].join(
  ',',
);

function suffixOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Tell a score from a recording; what is neither is left to the service to refuse. */
export function kindOf(name: string): Kind {
  return SCORES.includes(suffixOf(name)) ? 'score' : 'recording';
}

/** Whether a file of a folder is meant: covers and cue sheets lie beside recordings. */
export function isMusic(name: string): boolean {
  return !name.startsWith('.') && [...SCORES, ...RECORDINGS].includes(suffixOf(name));
}

/** Say what to do about a file that did not get in; status 0 is a broken connection. */
export function adviceFor(status: number, kind: Kind): string {
  if (status === 413) return 'Cut out the solo, or save it as MP3, and drop it again.';
  if (status === 0) return 'It is sent again when the service is back.';
  if (status >= 500) return 'Send it again in a moment; if it stays so, look at the service.';
  if (kind === 'score') return 'Export it as MusicXML or MIDI from your notation program.';
  return 'Check the file, or bring another; the rest goes on.';
}

/** Give the files of a drop, those in folders too. */
export async function filesOf(dropped: DataTransfer): Promise<File[]> {
  const entries = [...dropped.items].map((one) => one.webkitGetAsEntry());
  // The list of files is gone once a promise is waited for.
  const plain = [...dropped.files];
  if (!entries.some((one) => one?.isDirectory)) return plain;
  const found = await Promise.all(
    entries.map((one) => (one === null ? Promise.resolve([]) : walk(one, true))),
  );
  return found.flat();
}

async function walk(entry: FileSystemEntry, isChosen: boolean): Promise<File[]> {
  if (entry instanceof FileSystemFileEntry) {
    if (!isChosen && !isMusic(entry.name)) return [];
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const found: File[] = [];
  for (;;) {
    // A reader gives a part of the folder at a time, and nothing at its end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await walk(one, false)));
  }
}
