import type { DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveCall } from "../drive.ts";
import type { OfflineDrive } from "./offline-drive.ts";

export interface News {
  /** Something happened to what is pinned, or nobody can tell. */
  isNew: boolean;
  /** Where to go on from, once it was looked at. */
  cursor: string | null;
}

/** Asks a drive that tells its changes, rather than listing everything again. @throws DriveError of the whole drive */
export async function askForNews(
  drive: Pick<OfflineDrive, "changes">,
  cursor: string | null,
  isPinned: (path: DrivePath) => boolean,
  call: DriveCall,
): Promise<News> {
  const news: News = { isNew: cursor === null, cursor: null };
  try {
    for await (const change of drive.changes(cursor, call)) {
      if (change.kind === "cursor") news.cursor = change.cursor;
      else news.isNew ||= isPinned(change.kind === "put" ? change.entry.path : change.path);
    }
    return news;
  } catch (error) {
    if (!(error instanceof DriveError)) throw error;
    if (error.fault === "notFound" && cursor !== null) return askForNews(drive, null, isPinned, call);
    if (error.fault === "unsupported" || error.fault === "notFound") return { isNew: true, cursor: null };
    throw error;
  }
}
