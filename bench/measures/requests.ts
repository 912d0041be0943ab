import type { Community } from '../data/generate.ts';
import type { LoadRequest } from '../load/connection.ts';

export const home = (token: string): LoadRequest => ({
  name: 'home',
  method: 'GET',
  path: '/api/v1/timelines/home',
  token,
});

export function account(token: string, id: string): LoadRequest {
  return { name: 'account', method: 'GET', path: `/api/v1/accounts/${id}/statuses`, token };
}

export function newPost(token: string): LoadRequest {
  return {
    name: 'post',
    method: 'POST',
    path: '/api/v1/statuses',
    token,
    body: JSON.stringify({
      status: 'A post of the bench, of the length that people write on most days.',
      visibility: 'public',
    }),
  };
}

/** 60 % home, 30 % account timelines, 10 % posts, spread over the readers. */
export function mix({ tokens, people }: Community): { requests: LoadRequest[]; order: number[] } {
  const requests: LoadRequest[] = [];
  const order: number[] = [];
  for (const [index, token] of tokens.entries()) {
    const base = requests.length;
    const author = people[(index * 7_919) % people.length] as string;
    requests.push(home(token), account(token, author), newPost(token));
    order.push(...[0, 0, 1, 0, 0, 1, 0, 0, 1, 2].map((offset) => base + offset));
  }
  return { requests, order };
}

/** Addresses of the same timeline that one reader takes in turn: more than are asked for before memory is over or full. */
const DIFFERENT_ADDRESSES = 300;

/** The home of each of the readers under addresses that nobody asked for before, so that none is answered from memory. */
export function homesAnew(community: Community) {
  const requests: LoadRequest[] = [];
  for (let n = 0; n < DIFFERENT_ADDRESSES; n++) {
    for (const token of community.tokens) requests.push({ ...home(token), path: `/api/v1/timelines/home?anew=${n}` });
  }
  return { requests, order: requests.map((_, index) => index) };
}

/** The same kind of request for each of the readers in turn. */
export function everyReader(community: Community, make: (token: string) => LoadRequest) {
  const requests = community.tokens.map(make);
  return { requests, order: requests.map((_, index) => index) };
}
