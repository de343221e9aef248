import { accountIdSchema, type Account, type HostBridge } from "#contract/bridge.ts";
import { failed } from "#contract/result.ts";
import { people, problem } from "./fixtures.ts";

export const account: Account = {
  id: accountIdSchema.parse("fixture"),
  serverUrl: "https://parvis.example",
  name: "Département de la Vaurelle",
  isEmbedded: false,
  personId: people[0]?.person.id ?? null,
  state: "signedIn",
};

/** A host that can do nothing: every call on the components page shows how a failure looks. */
export const fixtureHost: HostBridge = {
  call: async () => failed(problem("wrongAddress")),
  subscribe: () => () => undefined,
};
