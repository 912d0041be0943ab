import { plaza } from './first-party.ts';

/** A browser that is signed in, or an app that may act for somebody. */
export interface Session {
  readonly id: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
  /** Null for a browser. */
  readonly app_name: string | null;
  readonly user_agent: string;
  readonly ip: string;
  readonly created_at: string;
  readonly last_used_at: string;
}

export const sessionsQuery = {
  queryKey: ['sessions'],
  queryFn: () => plaza<readonly Session[]>('GET', 'sessions'),
};

export const endSession = (id: string) => plaza('DELETE', `sessions/${id}`);
export const endOtherSessions = () => plaza('DELETE', 'sessions');
