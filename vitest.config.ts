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
    // Required in plain Node, the real package tries to download its binary.
    alias: { electron: fileURLToPath(new URL("electron/testing/fake-electron.ts", import.meta.url)) },
  },
});
