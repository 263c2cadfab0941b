/** The sound of a recording as pictures: its outline and the tiles of its spectrogram. */
import { api, fetchFile, unwrap } from '../api/client';
import { loudestOf, type Peaks } from './peaks';
import { colours, tint, type Tiles, tilesIn } from './spectrogram';

/** Tinted ones that are kept: what was seen last is seen again. */
const MOST_KEPT = 32;
/** After this long what could not be had is asked for once more. */
const AGAIN_MS = 5000;

export class Sound {
  peaks = $state.raw<Peaks | null>(null);
  loudest = $state(1);
  tiles = $state.raw<Tiles | null>(null);
  /** Grows with every tile that came. */
  nArrived = $state(0);
  /** Whether the recording cannot be drawn. */
  isMissing = $state(false);

  readonly #kept = new Map<number, OffscreenCanvas | null>();
  readonly #ended = new AbortController();
  readonly #table = colours();
  #tileUrl = '';

  /** Get what there is to draw of a recording; without it the notes are shown alone. */
  async open(jobId: string): Promise<void> {
    try {
      await this.#twice(() => this.#open(jobId));
    } catch {
      this.isMissing = !this.#ended.signal.aborted;
    }
  }

  async #open(jobId: string): Promise<void> {
    const path = { params: { path: { job_id: jobId } } };
    const facts = await unwrap(api.GET('/jobs/{job_id}/sound', path));
    const { tile_sec, n_tiles, lowest_midi, highest_midi } = facts.spectrogram;
    this.#tileUrl = facts.links.spectrogram;
    this.tiles = {
      tileSec: tile_sec,
      nTiles: n_tiles,
      lowestMidi: lowest_midi,
      highestMidi: highest_midi,
    };
    const response = await fetchFile(facts.links.peaks, this.#ended.signal);
    const pairs = new Int8Array(await response.arrayBuffer());
    this.peaks = { pairs, perSec: facts.peaks_per_sec };
    // Silence is drawn as silence.
    this.loudest = Math.max(0.02, loudestOf(this.peaks));
  }

  /** Do what may fail for a moment, and once more after some seconds. */
  async #twice<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (this.#ended.signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      this.#ended.signal.throwIfAborted();
      return work();
    }
  }

  /** Give a tile if it is here, and ask for it if not. */
  tile(at: number): OffscreenCanvas | null {
    const kept = this.#kept.get(at);
    if (kept === undefined) void this.#fetch(at);
    return kept ?? null;
  }

  /** Tell which tiles a view shows; null for none. */
  tilesIn(fromSec: number, toSec: number): [number, number] | null {
    return this.tiles === null ? null : tilesIn(this.tiles, fromSec, toSec);
  }

  close(): void {
    this.#ended.abort();
  }

  async #fetch(at: number): Promise<void> {
    this.#kept.set(at, null);
    try {
      const url = this.#tileUrl.replace('{tile}', String(at));
      const response = await this.#twice(() => fetchFile(url, this.#ended.signal));
      const picture = await createImageBitmap(await response.blob());
      this.#kept.set(at, this.#tinted(picture));
      this.#forget();
      this.nArrived += 1;
    } catch {
      // The roll is readable without it; it stays asked for, so that a broken one is not asked for
      // at every frame.
    }
  }

  #tinted(picture: ImageBitmap): OffscreenCanvas | null {
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    context.drawImage(picture, 0, 0);
    picture.close();
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    tint(pixels.data, this.#table);
    context.putImageData(pixels, 0, 0);
    return canvas;
  }

  #forget(): void {
    for (const at of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(at);
    }
  }
}
