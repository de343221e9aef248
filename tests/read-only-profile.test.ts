import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startParvis, temporaryFolder } from "./support/processes.ts";

test(
  "where nothing can be written, the demonstration is shown all the same, and what is forgotten is said",
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder("lecture seule é à");
    onTestFinished(() => folder.remove());
    // Nobody can make a folder where a file stands, not even an administrator.
    const file = join(folder.path, "un fichier");
    writeFileSync(file, "");
    const parvis = await startParvis(["--data", join(file, "profil"), "--port", "0"]);
    onTestFinished(() => parvis.kill());
    expect(await (await fetch(parvis.url)).text()).toContain("Parvis");
    await parvis.stop();
    await expect(startParvis(["--data", file])).rejects.toThrow(`${file} is a file: name a folder`);
    expect(parvis.output()).toContain("cannot be written to");
    expect(parvis.output()).toContain("secrets are kept until Parvis closes");
    expect(parvis.output()).not.toMatch(/^ {4}at /m);
  },
);
