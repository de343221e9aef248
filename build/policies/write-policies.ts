import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../project-root.ts";
import { policyFiles } from "./policy-files.ts";

/** `npm run policies`: the templates for administrators and their documentation, from contract/policies.ts. */
for (const [path, text] of Object.entries(policyFiles())) {
  mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
  writeFileSync(join(projectRoot, path), text);
}
