/** Numbers of the library as words. */
import type { Job } from '../api/types';

/** Say a length: `0:24`, `5:07`, `1:02:03`. */
export function durationWords(sec: number): string {
  const whole = Math.max(0, Math.round(sec));
  const [hours, minutes, seconds] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Say how long it will take, as roughly as it is known. */
export function etaWords(sec: number): string {
  if (sec < 5) return 'a few seconds left';
  if (sec < 55) return `about ${5 * Math.round(sec / 5)} seconds left`;
  const minutes = Math.max(1, Math.round(sec / 60));
  return minutes === 1 ? 'about a minute left' : `about ${minutes} minutes left`;
}

const STAGES: Record<string, string> = {
  decoding: 'reading the recording',
  listening: 'listening',
  notes: 'finding the notes',
  rhythm: 'finding beats and changes',
  writing: 'writing the page',
};

/** Say what is being done for a job that is not READY. */
export function stageWords(job: Pick<Job, 'status' | 'stage' | 'attempts'>): string {
  if (job.status === 'CREATED') return 'waiting its turn';
  return STAGES[job.stage ?? ''] ?? 'starting';
}

/** Say when: the time of day, yesterday, or the date. */
export function whenWords(iso: string, now: Date): string {
  const then = new Date(iso);
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  const time = then.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  return then.toLocaleDateString([], { day: 'numeric', month: 'short', year: 'numeric' });
}

function midnight(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

/** Say the size of a file. */
export function sizeWords(bytes: number): string {
  return bytes < 950_000 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Say a key: `Ab:major` is A♭ major. */
export function keyWords(key: string): string {
  return key
    .replace(/^([A-G])b/, '$1♭')
    .replace(/^([A-G])#/, '$1♯')
    .replace(':', ' ');
}

/** Say what is known of a solo, without who plays it and when it came. */
export function factsOf(job: Job): string[] {
  const facts = [durationWords(job.duration_sec)];
  if (job.note_count !== null) {
    facts.push(job.note_count === 1 ? '1 note' : `${job.note_count.toLocaleString()} notes`);
  }
  if (job.key !== null) facts.push(keyWords(job.key));
  if (job.tempo_bpm !== null) facts.push(`♩ = ${Math.round(job.tempo_bpm)}`);
  return facts;
}

/** Put a name into a sentence: short, and its direction of writing kept to itself. */
export function quoted(name: string): string {
  const signs = [...name];
  const short = signs.length > 60 ? `${signs.slice(0, 59).join('')}…` : name;
  return `“\u2068${short}\u2069”`;
}
