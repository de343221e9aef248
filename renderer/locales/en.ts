import base from "./en/base.json" with { type: "json" };
import communities from "./en/communities.json" with { type: "json" };
import feed from "./en/feed.json" with { type: "json" };
import inbox from "./en/inbox.json" with { type: "json" };
import messaging from "./en/messaging.json" with { type: "json" };

/** The catalogue, a file a module: their topmost keys differ. */
export const catalogue = { ...base, ...messaging, ...communities, ...feed, ...inbox };
