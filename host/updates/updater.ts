/** How updates are found, fetched and installed; the Electron shell has electron-updater behind it. */
export interface Updater {
  /**
   * The newer version that this installation may have: null when there is none, undefined where it cannot be updated by
   * itself. @throws UpdateRefused and whatever network and disk throw.
   */
  check(): Promise<FoundUpdate | null | undefined>;
  /** Fetches what `check` found and checks it: resolves when it may be installed. */
  download(onProgress: (share: number) => void): Promise<void>;
  /** Looks once more at what was fetched, which may have lain on the disk for days. */
  confirm(): Promise<void>;
  /** Ends the application. By the time this fails everything else has ended. */
  install(onFailed: (error: Error) => void): void;
  close(): Promise<void>;
}

export interface FoundUpdate {
  version: string;
  /** ISO 8601; what a policy's deferral counts from. */
  releasedAt: string;
}
