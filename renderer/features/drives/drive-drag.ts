import type { DragEvent } from "react";
import { z } from "zod";
import { driveIdSchema, drivePathSchema, nameOf, type DriveId } from "#contract/drives.ts";
import type { Placed } from "./use-placing.ts";

/** Entries of a drive, dragged within a window of Parvis. */
const DRIVE_ENTRIES = "application/x-parvis-drive-entries";

const draggedSchema = z.object({ driveId: driveIdSchema, paths: z.array(drivePathSchema).min(1) });

/** What a drag of these carries. */
export function dragData(driveId: DriveId, paths: readonly string[]): Record<string, string> {
  return { [DRIVE_ENTRIES]: JSON.stringify({ driveId, paths }) };
}

export function carriesEntries({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes(DRIVE_ENTRIES);
}

/** Files of the machine. */
export function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes("Files");
}

/** Only told when it is dropped. Null: something else, or of another program that pretends. */
export function draggedEntries({ dataTransfer }: DragEvent): { driveId: DriveId; entries: Placed[] } | null {
  const text = dataTransfer.getData(DRIVE_ENTRIES);
  if (text === "") return null;
  try {
    const dragged = draggedSchema.safeParse(JSON.parse(text)).data;
    if (dragged === undefined) return null;
    const { driveId, paths } = dragged;
    return { driveId, entries: paths.map((path) => ({ path, name: nameOf(path) })) };
  } catch {
    return null;
  }
}
