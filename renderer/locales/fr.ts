import base from "./fr/base.json" with { type: "json" };
import communities from "./fr/communities.json" with { type: "json" };
import feed from "./fr/feed.json" with { type: "json" };
import inbox from "./fr/inbox.json" with { type: "json" };
import messaging from "./fr/messaging.json" with { type: "json" };

/** The catalogue, a file a module: their topmost keys differ. */
export const catalogue = { ...base, ...messaging, ...communities, ...feed, ...inbox };
