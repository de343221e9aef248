import type { Capabilities } from "#contract/capabilities.ts";

export const CAPABILITIES: Capabilities = {
  service: "parvis",
  name: "Test",
  server: { product: "test", version: "1" },
  epoch: "e1",
  contract: { version: 1, oldest: 1 },
  modules: ["messaging"],
  limits: { messageBytes: 1000, mutationsPerRequest: 10, blobBytes: 1000, blobPartBytes: 1000 },
  signIn: [{ kind: "password" }],
};
