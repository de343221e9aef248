import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "./project-root.ts";
import { refusing } from "./without-json-schema.ts";

const core = join(projectRoot, "node_modules", "zod", "v4", "core");

test.each(["to-json-schema.js", "json-schema-processors.js"])(
  "%s keeps every export when its work is left out",
  async (name) => {
    const path = join(core, name);
    const real: unknown = await import(path);
    const code = refusing(readFileSync(path, "utf8"));
    const left: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    expect(Object.keys(Object(left))).toEqual(Object.keys(Object(real)));
    expect(code.length).toBeLessThan(3000);
  },
);
