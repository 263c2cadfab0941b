/** Samples as a WAV file: what every program reads, and nothing is lost that can be heard. */

const HEADER_BYTES = 44;
const LOUDEST = 32_767;

/**
 * Write samples as a file of one channel and 16 bits.
 *
 * @param blocks samples from -1 to 1, one block after another; what is louder is cut
 */
export function encodeWav(blocks: readonly Float32Array[], sampleRate: number): ArrayBuffer {
  const nSamples = blocks.reduce((sum, one) => sum + one.length, 0);
  const bytes = new ArrayBuffer(HEADER_BYTES + 2 * nSamples);
  const view = new DataView(bytes);
  writeText(view, 0, 'RIFF');
  view.setUint32(4, bytes.byteLength - 8, true);
  writeText(view, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // length of what follows about the format
  view.setUint16(20, 1, true); // plain samples
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a sample
  view.setUint16(34, 16, true); // bits a sample
  writeText(view, 36, 'data');
  view.setUint32(40, 2 * nSamples, true);
  let at = HEADER_BYTES;
  for (const block of blocks) {
    for (const sample of block) {
      view.setInt16(at, Math.round(Math.min(1, Math.max(-1, sample)) * LOUDEST), true);
      at += 2;
    }
  }
  return bytes;
}

function writeText(view: DataView, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) {
    view.setUint8(at + index, text.charCodeAt(index));
  }
}
