/** What is known of solos elsewhere; each is asked for once while the page is open. */
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import type { Match } from '../api/types';

/** As the service calls what was heard or written here. */
const OWN_SOURCE = 'your recordings';

export type WholeSolo = components['schemas']['WholeSoloOut'];

const asked = new Map<string, Promise<WholeSolo>>();

/** Get the solo of a match with its notes. */
export function wholeSolo(match: Pick<Match, 'solo_id' | 'job_id'>): Promise<WholeSolo> {
  const known = asked.get(match.solo_id);
  if (known !== undefined) return known;
  const found = unwrap(
    api.GET('/corpus/solos/{solo_id}', { params: { path: { solo_id: match.solo_id } } }),
  );
  // Own solos are mended meanwhile.
  if (match.job_id !== null) return found;
  asked.set(match.solo_id, found);
  found.catch(() => asked.delete(match.solo_id));
  return found;
}

/** What a corpus has to choose from. */
export interface CorpusNames {
  players: string[];
  styles: string[];
  instruments: string[];
  /** Whether there is more in it than what was heard or written here. */
  hasOthers: boolean;
}

/** Ask for the names of players, styles and instruments. */
export async function corpusNames(): Promise<CorpusNames> {
  const found = await unwrap(api.GET('/corpus/statistics'));
  return {
    players: namesIn(found.performers),
    styles: namesIn(found.styles),
    instruments: namesIn(found.instruments),
    hasOthers: namesIn(found.sources, 'source').some((one) => one !== OWN_SOURCE),
  };
}

/** Read the names of counted things. */
export function namesIn(counts: unknown, member: 'name' | 'source' = 'name'): string[] {
  if (!Array.isArray(counts)) return [];
  return counts.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const name: unknown = (one as Record<string, unknown>)[member];
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}
