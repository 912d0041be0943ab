import { answered, api } from './client.ts';

/** A browser that is signed in, or an app that may act for somebody. */
export interface Session {
  readonly id: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
  /** Null for a browser. */
  readonly app_name: string | null;
  /** What an app may do; none for a browser, which may do everything. */
  readonly scopes: readonly string[];
  readonly user_agent: string;
  readonly ip: string;
  readonly created_at: string;
  readonly last_used_at: string;
}

export const sessionsQuery = {
  queryKey: ['sessions'],
  queryFn: () => answered<readonly Session[]>(api.GET('/api/plaza/v1/sessions')),
};

export const endSession = (id: string) => api.DELETE('/api/plaza/v1/sessions/{id}', { params: { path: { id } } });
export const endOtherSessions = () => api.DELETE('/api/plaza/v1/sessions');
