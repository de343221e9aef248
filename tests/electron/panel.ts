import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Stands for a desktop whose panel shows tray icons: what the session bus says of it. Linux alone asks. */
export function withPanel(folder: string): NodeJS.ProcessEnv {
  const programs = join(folder, "programs");
  mkdirSync(programs, { recursive: true });
  const busctl = join(programs, "busctl");
  writeFileSync(
    busctl,
    '#!/bin/sh\ncase "$*" in *NameHasOwner*) echo "b true";; *Metered*) cat "$PARVIS_TEST_METERED" 2>/dev/null || echo "u 4";; esac\n',
  );
  chmodSync(busctl, 0o755);
  return {
    PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}`,
    XDG_CONFIG_HOME: join(folder, "config"),
    PARVIS_TEST_METERED: join(folder, "metered"),
  };
}
