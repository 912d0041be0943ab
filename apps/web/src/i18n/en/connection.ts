import type { Catalogue } from '../catalogue.ts';

export const connection = {
  'connection.offline': 'No connection. What you see may be old; it goes on by itself when the connection is back.',
  'connection.back': 'The connection is back.',
  'connection.busy': {
    one: 'That was a lot at once. It goes on in {n} second.',
    other: 'That was a lot at once. It goes on in {n} seconds.',
  },
  'connection.signedOut': 'Your session has ended. What you have written is kept: sign in again to go on.',
  'connection.slow': 'Still loading. The answer takes longer than usual.',
} as const satisfies Catalogue;
