/** The addresses of the page: `/`, `/solos/{id}`, `/solos/{id}/licks/{lick}`. */

export type Route =
  | { view: 'library' }
  | { view: 'solo'; jobId: string; lickId: string | null }
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
  return { view: 'nowhere', path };
}

class Router {
  path = $state(window.location.pathname);
  readonly route = $derived(routeOf(this.path));

  constructor() {
    window.addEventListener('popstate', () => (this.path = window.location.pathname));
  }

  /** Show another view. */
  go(path: string): void {
    if (path === this.path) return;
    window.history.pushState(null, '', path);
    this.path = path;
    window.scrollTo(0, 0);
  }

  /** Change the address of what is shown, without a step back to come to. */
  replace(path: string): void {
    window.history.replaceState(null, '', path);
    this.path = path;
  }

  /** Take plain clicks on our own links: no reload. */
  follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download')) return;
    if (link.origin !== window.location.origin || routeOf(link.pathname).view === 'nowhere') return;
    event.preventDefault();
    this.go(link.pathname);
  }
}

export const router = new Router();
