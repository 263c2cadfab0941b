/** Sends a form with a file: `fetch` does not tell how much has gone. */
import { ApiError, problemOf } from '../api/client';
import type { Job } from '../api/types';

/**
 * Send a form.
 *
 * @param sent is told the bytes that have gone, the form around the file counted
 * @returns what was made, by default a job
 * @throws ApiError if the service refused (its status) or the connection broke (0)
 */
export function sendForm<T = Job>(
  url: string,
  form: FormData,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const broken = () =>
      reject(new ApiError('The connection broke before the whole file was there.', 0));
    request.open('POST', url);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = (event) => sent(event.loaded);
    request.onload = () => {
      const body = read(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(problemOf(body, new Response(null, request)));
    };
    request.onerror = broken;
    request.ontimeout = broken;
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // A proxy's page.
  }
}
