/** What a pasted chart is, told by how it looks. */

export type ChartBody = { ireal: string } | { musicxml: string } | { text: string };

/** Recognise a chart as the service's body wants it named. */
export function chartBody(pasted: string): ChartBody {
  if (/irealb(ook)?:\/\//.test(pasted)) return { ireal: pasted };
  const text = pasted.replace(/^\uFEFF/, '');
  if (/^\s*<(\?xml|!DOCTYPE score|score-)/.test(text)) return { musicxml: text };
  return { text };
}

/** Say what was recognised. */
export function chartKind(pasted: string): string {
  if (pasted.trim() === '') return '';
  const body = chartBody(pasted);
  if ('ireal' in body) return 'A link of iReal Pro';
  if ('musicxml' in body) return 'MusicXML';
  const nBars = pasted.split('|').filter((one) => one.trim() !== '').length;
  return pasted.includes('|') ? `A chart of ${nBars === 1 ? '1 bar' : `${nBars} bars`}` : 'Text';
}
