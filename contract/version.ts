/** Version of the wire described by this folder. `wire-hash.test.ts` fails when the wire changes without a bump. */
export const CONTRACT_VERSION = 1;
/** Oldest contract version this client still speaks. */
export const OLDEST_CONTRACT_VERSION = 1;
