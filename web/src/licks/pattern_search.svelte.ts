/** A pattern that somebody types, and where it is played; kept while licks are opened. */
import { api, unwrap } from '../api/client';
import { Finder } from './finder.svelte';

const LIMIT = 20;

export class PatternSearch {
  text = $state('');
  isOpen = $state(false);
  readonly finder = new Finder(async (wishes, signal) => {
    const found = await unwrap(
      api.POST('/search', { body: { ...wishes, query: this.text, limit: LIMIT }, signal }),
    );
    return found.results;
  });
}
