/** Without this header the server takes no cookie for a session: a page elsewhere cannot send it. */
export const CLIENT_HEADER = 'X-Plaza-Client';
