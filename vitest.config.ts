import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// eslint-disable-next-line import/no-default-export -- the tool asks for it
export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["node_modules/**", "dist/**", "**/*.web.test.ts", ".cache/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    /** One a processor: many of them wait for servers and databases, and leaving one free is only for who watches. */
    maxWorkers: Math.max(1, Math.min(4, availableParallelism())),
    // Required in plain Node, the real package tries to download its binary.
    alias: { electron: fileURLToPath(new URL("electron/testing/fake-electron.ts", import.meta.url)) },
  },
});
