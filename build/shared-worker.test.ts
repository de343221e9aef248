import { expect, test } from "vitest";
import { preloading } from "./shared-worker.ts";

const chunk = (imports: string[], dynamicImports: string[] = []) => ({
  type: "chunk",
  imports,
  dynamicImports,
});

test("a part of the worker that loads others is found, however far it is from the worker's own file", () => {
  const bundle = {
    "assets/worker-entry-1.js": chunk(["assets/zod.js"], ["assets/feed.js"]),
    "assets/zod.js": chunk([]),
    "assets/feed.js": chunk(["assets/deep.js"]),
    "assets/deep.js": chunk([], ["assets/later.js"]),
    "assets/later.js": chunk([]),
    "assets/page.js": chunk(["assets/zod.js"], ["assets/dialog.js"]),
  };
  expect(preloading(bundle)).toEqual(["assets/deep.js"]);
});
