import base from "./fr/base.json" with { type: "json" };
import messaging from "./fr/messaging.json" with { type: "json" };

/** What can be said before a module is asked for. */
export const firstWords = { ...base, ...messaging };
