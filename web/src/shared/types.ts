/** What a share link opens, by short names. */
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type Shared = Schemas['SharedOut'];
export type SharedLick = Schemas['SharedLickOut'];
export type SharedQuestion = Schemas['SharedQuestionOut'];
export type SharedSheet = Schemas['SharedSheetOut'];
export type Marked = Schemas['MarkedOut'];
export type MarkedAnswer = Schemas['MarkedAnswerOut'];
