import type { components } from '../../generated/api.ts';

type Schemas = components['schemas'];

export type Account = Schemas['Account'];
export type CredentialAccount = Schemas['CredentialAccount'];
export type FamiliarFollowers = Schemas['FamiliarFollowers'];
export type Filter = Schemas['Filter'];
export type List = Schemas['List'];
export type MediaAttachment = Schemas['MediaAttachment'];
export type MutedAccount = Schemas['MutedAccount'];
export type Poll = Schemas['Poll'];
export type Relationship = Schemas['Relationship'];
export type ScheduledStatus = Schemas['ScheduledStatus'];
/** A post. Cards and quotes are not made by this place. */
export type Status = Omit<Schemas['Status'], 'card' | 'quote' | 'reblog'> & { readonly reblog: Status | null };
export type Suggestion = Schemas['Suggestion'];
export type Tag = Schemas['Tag'];
