/** Of `offline.db`. Times of files are nanoseconds as text: they are larger than a number can be exact. */
export const JOURNAL_SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS drive (
  id TEXT PRIMARY KEY, folder TEXT NOT NULL UNIQUE, account TEXT, cursor TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pin (
  drive TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, pinned_at INTEGER NOT NULL, synced_at INTEGER,
  removing TEXT, approved_here INTEGER NOT NULL DEFAULT 0, approved_drive INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (drive, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS base (
  drive TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, version TEXT NOT NULL, file_id TEXT, hash TEXT NOT NULL,
  size INTEGER NOT NULL, mtime_ns TEXT NOT NULL, inode TEXT NOT NULL, birth_ns TEXT NOT NULL, settled INTEGER NOT NULL,
  PRIMARY KEY (drive, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS step (
  drive TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (drive, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS conflict (
  id TEXT PRIMARY KEY, drive TEXT NOT NULL, path TEXT NOT NULL, copy_path TEXT NOT NULL, reason TEXT NOT NULL,
  at INTEGER NOT NULL, mine TEXT NOT NULL, theirs TEXT NOT NULL) WITHOUT ROWID;
`;
