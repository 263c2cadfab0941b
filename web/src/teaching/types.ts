/** What the service says of assignments, by short names. */
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type Assignment = Schemas['AssignmentOut'];
export type AssignmentDetails = Schemas['AssignmentDetails'];
export type AssignedLick = Schemas['AssignedLickOut'];
export type FoundLick = Schemas['FoundLickOut'];
export type ShareLink = Schemas['LinkOut'];
export type MadeLink = Schemas['MadeLinkOut'];
export type Result = Schemas['ResultOut'];
export type ScoreShown = AssignedLick['score'];
export type Feedback = Assignment['feedback'];
