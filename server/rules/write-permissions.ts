import { writeFileSync } from "node:fs";
import { permissionsPage } from "./permissions-page.ts";

/** `npm run permissions`. */
const file = new URL("../../docs/permissions.md", import.meta.url);
writeFileSync(file, permissionsPage());
process.stdout.write("docs/permissions.md was written.\n");
