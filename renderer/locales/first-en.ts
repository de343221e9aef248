import base from "./en/base.json" with { type: "json" };
import messaging from "./en/messaging.json" with { type: "json" };

/** What can be said before a module is asked for. */
export const firstWords = { ...base, ...messaging };
