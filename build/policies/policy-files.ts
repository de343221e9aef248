import { admlLanguages, writeAdml, writeAdmx } from "./admx.ts";
import { writeJsonExample, writeJsonSchema, writeMobileConfig, writeTable } from "./other-templates.ts";

/** Every generated file, by its path in the project. */
export function policyFiles(): Record<string, string> {
  const words = admlLanguages.map((language) => [
    `build/policies/windows/${language}/parvis.adml`,
    writeAdml(language),
  ]);
  return {
    "docs/policies.md": writeTable(),
    "build/policies/windows/parvis.admx": writeAdmx(),
    ...Object.fromEntries(words),
    "build/policies/macos/parvis.mobileconfig": writeMobileConfig(),
    "build/policies/linux/policies.json": writeJsonExample(),
    "build/policies/linux/policies.schema.json": writeJsonSchema(),
  };
}
