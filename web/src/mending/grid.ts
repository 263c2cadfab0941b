/** Edits of beats and bars, as the service takes them. */
import { api, unwrap } from '../api/client';
import type { paths } from '../api/schema';
import type { Player } from '../player/player';
import type { Solo } from '../solo/solo.svelte';

type GridBody = NonNullable<
  paths['/jobs/{job_id}/grid']['put']['requestBody']
>['content']['application/json'];

/** What is wanted of the beats; the version is added when it is sent. */
export type GridEdit = GridBody extends infer One
  ? One extends unknown
    ? Omit<One, 'version'>
    : never
  : never;

/** Change beats and bars; gives whether it was made. */
export function changeGrid(
  solo: Solo,
  edit: GridEdit,
  refused?: (sentence: string) => void,
): Promise<boolean> {
  return solo.change(
    (version) =>
      unwrap(
        api.PUT('/jobs/{job_id}/grid', {
          params: { path: { job_id: solo.id } },
          body: { ...edit, version } as GridBody,
        }),
      ),
    refused,
  );
}

/** Let a bar begin where the selection begins, or where the cursor is. */
export function beginBarHere(
  solo: Solo,
  player: Pick<Player, 'currentSec'>,
  refused?: (sentence: string) => void,
): Promise<boolean> {
  const timeSec = solo.selection?.fromSec ?? player.currentSec();
  return changeGrid(solo, { op: 'downbeat', time_sec: timeSec }, refused);
}
