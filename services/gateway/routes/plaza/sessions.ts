import { json } from '../../http/answer.ts';
import { isoTime } from '../../present/times.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const sessions = route({
  ...FIRST_PARTY,
  method: 'GET',
  url: '/api/plaza/v1/sessions',
  summary: 'Browsers that are signed in, and apps that may act for one',
  response: 'SignedIn[]',
  rateLimit: 'api',
  async handle({ principal, context }, { services }) {
    const found = await services.authentication.listSessions({}, context);
    return json(
      found.sessions.map(({ sessionId, appName, scopes = [], userAgent, ip, createdMs, lastUsedMs }) => ({
        id: sessionId,
        current: sessionId === principal!.sessionId,
        app_name: appName,
        scopes,
        user_agent: userAgent,
        ip,
        created_at: isoTime(createdMs),
        last_used_at: isoTime(lastUsedMs),
      })),
    );
  },
});
