/** What the service says of practice, by short names. */
import type { components } from '../api/schema';

export type Today = components['schemas']['TodayOut'];
export type Task = components['schemas']['TaskOut'];
export type Progress = components['schemas']['ProgressOut'];
export type LickProgress = components['schemas']['LickProgressOut'];
export type KeyRow = components['schemas']['RowOut'];
export type Day = components['schemas']['DayOut'];
export type PractisedLick = components['schemas']['PractisedLickOut'];
export type Session = components['schemas']['SessionOut'];
export type Settings = components['schemas']['SettingsOut'];
export type Brought = components['schemas']['BroughtOut'];
export type KeyOrder = PractisedLick['order'];
