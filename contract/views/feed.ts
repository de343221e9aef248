/** Live queries of the feeds. */
export const feedQueries = {} as const;
