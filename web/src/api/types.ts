/** What the service gives and takes, by short names; the shapes are made from its own document. */
import type { components, paths } from './schema';

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Answer<
  Path extends keyof paths,
  Method extends keyof paths[Path],
> = paths[Path][Method] extends {
  responses: { 200: infer Ok };
}
  ? Json<Ok>
  : never;

export type Job = components['schemas']['JobOut'];
export type JobStatus = components['schemas']['JobStatus'];
export type Instrument = components['schemas']['InstrumentOut'];
export type Match = components['schemas']['MatchOut'];
export type Analysis = Answer<'/jobs/{job_id}/analysis', 'get'>;
export type Notes = Answer<'/jobs/{job_id}/notes', 'get'>;
export type Licks = Answer<'/jobs/{job_id}/licks', 'get'>;
export type LineAnalysis = Answer<'/jobs/{job_id}/line-analysis', 'get'>;
export type Note = NonNullable<Notes['notes']>[number];
export type Lick = Licks['licks'][number];
export type Beat = NonNullable<Analysis['beats']>[number];
export type Chord = NonNullable<Analysis['chords']>[number];
export type Statement = LineAnalysis['statements'][number];
export type Coach = Answer<'/licks/{lick_id}/coach', 'get'>;
export type Rephrased = Answer<'/licks/{lick_id}/coach', 'post'>;
export type CoachSentence = Coach['sections'][number]['sentences'][number];
export type Exercise = components['schemas']['ExerciseOut'];
export type Pack = components['schemas']['PackOut'];
export type PackOrder = Json<
  NonNullable<paths['/licks/{lick_id}/practice-packs']['post']['requestBody']>
>;
export type Attempt = components['schemas']['AttemptOut'];
export type AttemptSummary = components['schemas']['AttemptSummaryOut'];
