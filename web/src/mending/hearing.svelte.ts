/** A solo that is heard again while its earlier result is on the page. */
import { api, ApiError, unwrap } from '../api/client';
import type { Job } from '../api/types';
import { followJobs } from '../library/stream';
import type { Solo } from '../solo/solo.svelte';
import { toasts } from '../ui/toasts.svelte';

export function isHearing(job: Job | null): boolean {
  return job?.status === 'CREATED' || job?.status === 'TRANSCRIBING';
}

/** Show how far it is, and the new result when it is there; call while a component is set up. */
export function followHearing(solo: Solo): void {
  const isWanted = $derived(solo.isLoaded && isHearing(solo.job));

  function take(job: Job) {
    solo.job = job;
    if (job.status === 'READY') {
      void solo.load().then((isShown) => {
        if (isShown) toasts.show('Heard again: this is the new result.');
      });
    } else if (job.status === 'FAILED') {
      toasts.error(`${job.error ?? 'It could not be heard again.'} The earlier result stays.`);
    }
  }

  async function look() {
    try {
      take(await unwrap(api.GET('/jobs/{job_id}', { params: { path: { job_id: solo.id } } })));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) solo.problem = error.message;
    }
  }

  $effect(() => {
    if (!isWanted) return;
    return followJobs(`/jobs/${solo.id}/events`, {
      job: take,
      deleted: () => (solo.problem = 'It was deleted meanwhile.'),
      opened: () => undefined,
      lost: () => void look(),
    });
  });
}
