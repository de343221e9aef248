/** Live queries of the communities module. */
export const communityQueries = {} as const;
