import {
  ArrowRightLeft,
  CloudCheck,
  CloudDownload,
  CloudOff,
  Copy,
  Download,
  ExternalLink,
  FilePen,
  FolderOpen,
  FolderPlus,
  FolderUp,
  Link,
  Lock,
  LockOpen,
  RefreshCw,
  Trash2,
  Upload,
} from "lucide-react";
import type { KeyboardEvent } from "react";
import { parentPath, type DriveEntry, type DriveInfo, type DrivePath } from "#contract/drives.ts";
import { formatLink } from "#contract/links.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import type { Command } from "#renderer/ui/menu.tsx";
import type { FolderDialog } from "./folder-dialogs.tsx";
import type { FolderMarks } from "./offline-store.ts";
import { pickFiles } from "./pick-files.tsx";
import type { EntryDeeds } from "./use-entry-deeds.ts";

interface FolderCommandsOptions {
  drive: DriveInfo;
  path: DrivePath;
  marks: FolderMarks;
  deeds: EntryDeeds;
  reload: () => void;
  show: (dialog: FolderDialog) => void;
  rename: (id: string) => void;
}

/** Commands of a folder and of what lies in it: the same in the bar, the context menu and by keys. */
export function useFolderCommands(options: FolderCommandsOptions) {
  const { drive, path, reload, show, rename } = options;
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const canWrite = drive.canWrite !== false;
  const ofEntries = useEntryCommands(options);

  const open = (entry: DriveEntry | undefined) => {
    if (entry === undefined) return;
    if (entry.kind === "folder") go("drives", drive.id, ...entry.path.split("/"));
    else show({ kind: "preview", entry });
  };

  const ofFolder: Command[] = [
    ...(canWrite
      ? [
          { id: "upload", label: t("drives.upload"), icon: Upload, run: () => pickFiles("files") },
          {
            id: "newFolder",
            label: t("drives.newFolder"),
            icon: FolderPlus,
            run: () => show({ kind: "newFolder" }),
          },
          {
            id: "uploadFolder",
            label: t("drives.uploadFolder"),
            icon: FolderUp,
            run: () => pickFiles("folder"),
          },
        ]
      : []),
    { id: "refresh", label: t("drives.refresh"), icon: RefreshCw, shortcut: "F5", run: reload },
  ];

  const onKey = (event: KeyboardEvent, selected: readonly DriveEntry[]): boolean => {
    const [first] = selected;
    if (event.key === "F5") reload();
    else if (event.altKey && event.key === "ArrowUp") goUp(go, drive, path);
    else if (event.key === "F2" && canWrite && first !== undefined) rename(first.path);
    else if (event.key === "Delete" && canWrite && first !== undefined)
      show({ kind: "delete", entries: selected });
    else return false;
    return true;
  };

  return { open, ofFolder, ofEntries: (entries: readonly DriveEntry[]) => ofEntries(entries, open), onKey };
}

function goUp(go: ReturnType<typeof useView.getState>["go"], drive: DriveInfo, path: DrivePath): void {
  const above = parentPath(path);
  go("drives", drive.id, ...(above === "" ? [] : above.split("/")));
}

function useEntryCommands({ drive, marks, deeds, show, rename }: FolderCommandsOptions) {
  const { t } = useTranslation();
  const canWrite = drive.canWrite !== false;
  const offline = useOfflineCommand({ marks, deeds, show });

  return (entries: readonly DriveEntry[], open: (entry: DriveEntry) => void): Command[] => {
    const [first] = entries;
    if (first === undefined) return [];
    const single = entries.length === 1;
    const commands: Command[] = [];
    if (single)
      commands.push({ id: "open", label: t("drives.open"), icon: FolderOpen, run: () => open(first) });
    if (single && first.kind === "file") {
      const run = () => void deeds.openWithProgram(first);
      commands.push({ id: "program", label: t("drives.copies.openWith"), icon: ExternalLink, run });
    }
    if (entries.some(({ kind }) => kind === "file")) {
      const run = () => deeds.download(entries);
      commands.push({ id: "download", label: t("drives.download"), icon: Download, run });
    }
    if (single) commands.push(offline(first));
    if (canWrite) commands.push(...writing(entries, first));
    if (single && isShared(drive)) {
      const run = () => void copyLink(drive, first).then(() => say(t("drives.linkCopied")));
      commands.push({ id: "link", label: t("drives.copyLink"), icon: Link, isApart: true, run });
    }
    if (canWrite) {
      const run = () => show({ kind: "delete", entries });
      commands.push({
        id: "delete",
        label: t("drives.remove"),
        icon: Trash2,
        isDanger: true,
        shortcut: t("drives.deleteKey"),
        run,
      });
    }
    return commands;
  };

  function writing(entries: readonly DriveEntry[], first: DriveEntry): Command[] {
    const single = entries.length === 1;
    return [
      ...(single
        ? [
            {
              id: "rename",
              label: t("drives.rename"),
              icon: FilePen,
              shortcut: "F2",
              run: () => rename(first.path),
            },
          ]
        : []),
      {
        id: "move",
        label: t("drives.moveTo"),
        icon: ArrowRightLeft,
        run: () => show({ kind: "move", entries }),
      },
      { id: "copy", label: t("drives.copyTo"), icon: Copy, run: () => show({ kind: "copy", entries }) },
      ...(single && first.kind === "file" && drive.canLock === true ? [lockCommand(first)] : []),
    ];
  }

  function lockCommand(entry: DriveEntry): Command {
    return entry.lock?.isMine === true
      ? { id: "unlock", label: t("drives.unlock"), icon: LockOpen, run: () => void deeds.unlock(entry) }
      : { id: "lock", label: t("drives.lock"), icon: Lock, run: () => void deeds.lock(entry) };
  }
}

function useOfflineCommand({ marks, deeds, show }: Pick<FolderCommandsOptions, "marks" | "deeds" | "show">) {
  const { t } = useTranslation();
  return (entry: DriveEntry): Command => {
    const mark = marks.byPath.get(entry.path);
    if (mark?.isPin === true) {
      const run = () => show({ kind: "unpin", entry });
      return { id: "offline", label: t("drives.offline.unpin"), icon: CloudOff, run };
    }
    if (marks.isWithin) {
      return { id: "offline", label: t("drives.offline.within"), icon: CloudCheck, run: showOffline };
    }
    return {
      id: "offline",
      label: t("drives.offline.pin"),
      icon: CloudDownload,
      run: () => void deeds.pin(entry),
    };
  };
}

/** Others may have the same drive: a folder of this machine is nobody else's. */
function isShared({ kind, address }: DriveInfo): boolean {
  return kind === "webdav" || (kind === "mount" && /^(\\\\|\/\/|[a-z]+:\/\/)/i.test(address));
}

async function copyLink({ address }: DriveInfo, { path, name }: DriveEntry): Promise<void> {
  const words = name.replaceAll(/[[\]\\]/g, String.raw`\$&`);
  await navigator.clipboard.writeText(`[${words}](${formatLink({ kind: "driveFile", address, path })})`);
}

function showOffline(): void {
  useView.getState().go("drives", "offline");
}

function say(text: string): void {
  useToasts.getState().show({ tone: "plain", text });
}
