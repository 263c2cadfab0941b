/** Notes while they are edited: shown as they will be at once, sent one edit after another. */
import { api, unwrap } from '../api/client';
import type { Note } from '../api/types';
import type { Player } from '../player/player';
import type { Solo } from '../solo/solo.svelte';
import { applied, isSaved, joined, type Operation, rounded, transposed } from './note_changes';

/** So long a note sounds that is changed. */
const HEARD_SEC = 0.35;

export class Editing {
  isOn = $state(false);
  /** What a gesture that is not yet at its end would do. */
  dragged = $state.raw<readonly Operation[]>([]);
  /** Edits that the service has not yet answered, the first of them on its way. */
  #waiting = $state.raw<readonly (readonly Operation[])[]>([]);
  #isSending = false;

  /** As a person wants them. */
  readonly notes: readonly Note[] = $derived.by(() => {
    const operations = [...this.#waiting.flat(), ...this.dragged];
    return operations.length === 0 ? this.solo.notes : applied(this.solo.notes, operations);
  });
  readonly marked: readonly Note[] = $derived(
    this.notes.filter((one) => this.solo.marked.has(one.id)),
  );

  constructor(
    private readonly solo: Solo,
    private readonly player: Player,
  ) {
    solo.takeBack = () => this.#takeBack();
  }

  /** Mark notes; with `adds` beside those that are, and one that is marked no longer. */
  mark(notes: readonly Note[], adds = false): void {
    const ids = notes.map((one) => one.id);
    if (!adds) {
      this.solo.marked = new Set(ids);
      return;
    }
    const marked = new Set(this.solo.marked);
    for (const id of ids) if (!marked.delete(id)) marked.add(id);
    this.solo.marked = marked;
  }

  /** Make an edit: shown now, sent when those before it are answered, gone when it is refused. */
  make(operations: readonly Operation[]): void {
    this.dragged = [];
    if (operations.length === 0) return;
    const [last] = this.#waiting.slice(this.#isSending ? 1 : 0).slice(-1);
    const both = last === undefined ? null : joined(last, operations);
    const before = both === null ? this.#waiting : this.#waiting.slice(0, -1);
    const next = both ?? operations;
    this.#waiting = next.length === 0 ? before : [...before, next];
    void this.#send();
  }

  transpose(semitones: number): void {
    const operations = transposed(this.marked.filter(isSaved), semitones);
    this.make(operations);
    this.sound(this.marked);
  }

  /** Add a note, mark it, let it be heard. */
  add(onsetSec: number, offsetSec: number, pitchMidi: number): void {
    const [onset_sec, offset_sec] = [rounded(onsetSec), rounded(offsetSec)];
    this.make([{ op: 'add', onset_sec, offset_sec, pitch_midi: pitchMidi }]);
    this.mark(this.notes.filter((one) => !isSaved(one)));
    this.#play(pitchMidi, 80);
  }

  /** Take the marked notes away. */
  remove(): void {
    const ids = this.marked.filter(isSaved).map((one) => one.id);
    if (ids.length === 0) return;
    this.solo.marked = new Set();
    this.make([{ op: 'remove', ids }]);
  }

  /** Make one note of those that are marked. */
  merge(): void {
    const ids = this.marked.filter(isSaved).map((one) => one.id);
    const [first] = ids;
    if (first === undefined || ids.length < 2) return;
    this.solo.marked = new Set([first]);
    this.make([{ op: 'merge', ids }]);
  }

  /** Let a note be heard whose pitch has changed; of several the first. */
  sound(notes: readonly Note[]): void {
    const [first] = notes;
    if (first !== undefined) this.#play(first.pitch_midi, first.velocity);
  }

  /** Drop the last edit that is not yet on its way; gives whether there was one. */
  #takeBack(): boolean {
    if (this.#waiting.length <= (this.#isSending ? 1 : 0)) return false;
    this.#waiting = this.#waiting.slice(0, -1);
    return true;
  }

  #play(pitchMidi: number, velocity: number): void {
    void this.player.playNotes([{ onsetSec: 0, offsetSec: HEARD_SEC, pitchMidi, velocity }]);
  }

  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
        const operations = [...next];
        const known = new Set(this.solo.notes.map((one) => one.id));
        const isMade = await this.solo.change((version) =>
          unwrap(
            api.PATCH('/jobs/{job_id}/notes', {
              params: { path: { job_id: this.solo.id } },
              body: { version, operations },
            }),
          ),
        );
        // What waits was meant for notes as they would be after this edit.
        this.#waiting = isMade ? this.#waiting.slice(1) : [];
        // A note that was added has its id now, and can be worked on.
        if (
          isMade &&
          next[0]?.op === 'add' &&
          [...this.solo.marked].every((one) => !isSaved({ id: one }))
        ) {
          this.mark(this.solo.notes.filter((one) => !known.has(one.id)));
        }
      }
    } finally {
      this.#isSending = false;
    }
  }
}
