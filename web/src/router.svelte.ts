/**
 * The addresses of the page: `/`, `/solos/{id}`, `/solos/{id}/licks/{lick}`, `/practice`, and for
 * teachers and their students `/teaching`, `/teaching/{assignment}`, `/shared/{token}`.
 */

export type Route =
  | { view: 'library' }
  | { view: 'solo'; jobId: string; lickId: string | null }
  | { view: 'practice' }
  | { view: 'teaching'; assignmentId: string | null }
  | { view: 'shared'; token: string }
  | { view: 'nowhere'; path: string };

/** Tell what an address shows. */
export function routeOf(path: string): Route {
  const parts = path.split('/').filter((one) => one !== '');
  if (parts.length === 0) return { view: 'library' };
  const [first, jobId, third, lickId] = parts;
  if (first === 'solos' && jobId !== undefined) {
    if (parts.length === 2) return { view: 'solo', jobId, lickId: null };
    if (parts.length === 4 && third === 'licks' && lickId !== undefined) {
      return { view: 'solo', jobId, lickId };
    }
  }
  if (first === 'practice' && parts.length === 1) return { view: 'practice' };
  if (first === 'teaching' && parts.length <= 2) {
    return { view: 'teaching', assignmentId: parts[1] ?? null };
  }
  if (first === 'shared' && parts.length === 2) return { view: 'shared', token: parts[1] ?? '' };
  return { view: 'nowhere', path };
}

class Router {
  path = $state(window.location.pathname);
  /** What the address asks of the view, with its `?`; empty for nothing. */
  search = $state(window.location.search);
  readonly route = $derived(routeOf(this.path));

  constructor() {
    window.addEventListener('popstate', () => this.#read());
  }

  /** Show another view; the address may ask something of it. */
  go(address: string): void {
    if (address === this.path + this.search) return;
    window.history.pushState(null, '', address);
    this.#read();
    window.scrollTo(0, 0);
  }

  /** Change the address of what is shown, without a step back to come to. */
  replace(path: string): void {
    window.history.replaceState(null, '', path);
    this.#read();
  }

  /** Take plain clicks on our own links: no reload. */
  follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download')) return;
    if (link.origin !== window.location.origin || routeOf(link.pathname).view === 'nowhere') return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }

  #read(): void {
    this.path = window.location.pathname;
    this.search = window.location.search;
  }
}

export const router = new Router();
