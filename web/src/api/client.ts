/** The service's API: typed by its own document, errors as sentences for people. */
import createClient from 'openapi-fetch';
import type { paths } from './schema';

/** The service said no: `message` is its sentence ("want ..., got ..."). */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** Of the analysis as it is now, when an edit came too late. */
    readonly version?: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export const api = createClient<paths>({ baseUrl: '', fetch: (request) => fetch(request) });

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Give the body of an answer.
 *
 * @throws ApiError if the service refused, or did not answer.
 */
export async function unwrap<T>(asked: Promise<Answered<T>>): Promise<T> {
  let answer: Answered<T>;
  try {
    answer = await asked;
  } catch (error) {
    // fetch tells no more than that nothing came back.
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('The service does not answer. Is it still running?', 0);
  }
  if (!answer.response.ok) throw problemOf(answer.error, answer.response);
  // What has no content has no data either.
  return answer.data as T;
}

/** Read an RFC 9457 problem, or make a sentence of the status. */
export function problemOf(body: unknown, response: Response): ApiError {
  const fallback = `The service answered ${response.status} ${response.statusText}.`;
  if (typeof body !== 'object' || body === null) return new ApiError(fallback, response.status);
  const detail = 'detail' in body && typeof body.detail === 'string' ? body.detail : fallback;
  const version = 'version' in body && typeof body.version === 'number' ? body.version : undefined;
  return new ApiError(detail, response.status, version);
}

/** Fetch bytes or text that have no JSON, with the same errors. */
export async function fetchFile(url: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('The service does not answer. Is it still running?', 0);
  }
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => null);
  throw problemOf(body, response);
}

/** Say an error to a person. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong in the page.';
}
