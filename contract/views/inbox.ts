/** Live queries of the inbox and of the person's settings. */
export const inboxQueries = {} as const;
