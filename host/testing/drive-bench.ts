import { onTestFinished } from "vitest";
import type { HostEvent } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { accountIdSchema, type Account } from "#contract/bridge.ts";
import { DriveError } from "../drives/drive-error.ts";
import { DriveFiles } from "../drives/drive-files.ts";
import type { LinkLimits } from "../drives/drive-link.ts";
import { DriveService } from "../drives/drive-service.ts";
import { createOpener, type DriveAccess } from "../drives/open-drive.ts";
import { HostEvents } from "../events.ts";
import { silentLog } from "../log/log.ts";
import { createScrubber } from "../log/scrub.ts";
import { noPolicies, type Policies } from "../policy/policies.ts";
import { MemoryDrive } from "./memory-drive.ts";
import { memorySecrets } from "./memory-secrets.ts";
import { tempFolder } from "./temp-folder.ts";

export interface DriveBench {
  dataDir: string;
  service: DriveService;
  files: DriveFiles;
  events: HostEvents;
  told: HostEvent[];
  notices: string[];
  /** Servers by their address; those with a password want it. */
  servers: Map<string, { drive: MemoryDrive; password?: string }>;
  accesses: DriveAccess[];
  lock: { isLocked: boolean };
  accounts: Account[];
  secrets: Awaited<ReturnType<typeof memorySecrets>>;
  /** The same profile once more, as after a restart. */
  again: () => Promise<DriveBench>;
}

export interface DriveBenchOptions {
  policies?: Partial<Record<string, unknown>>;
  limits?: Partial<LinkLimits>;
  accounts?: Account[];
}

/** The service of drives of a test: its drives are WebDAV by name and in memory in truth. */
export async function openDriveBench(options: DriveBenchOptions = {}): Promise<DriveBench> {
  const dataDir = await tempFolder();
  const secrets = await memorySecrets(dataDir);
  const servers: DriveBench["servers"] = new Map();
  return begin(options, { dataDir, secrets, servers });
}

export function account(id: string, state: Account["state"] = "signedIn"): Account {
  return {
    id: accountIdSchema.parse(id),
    serverUrl: `https://${id}.example.org`,
    name: id,
    isEmbedded: false,
    personId: null,
    state,
  };
}

async function begin(
  options: DriveBenchOptions,
  kept: Pick<DriveBench, "dataDir" | "secrets" | "servers">,
): Promise<DriveBench> {
  const { servers, dataDir, secrets } = kept;
  const events = new HostEvents();
  const told: HostEvent[] = [];
  events.subscribe((event) => told.push(event));
  const notices: string[] = [];
  const accesses: DriveAccess[] = [];
  const lock = { isLocked: false };
  const accounts = options.accounts ?? [];
  const policies: Policies = { ...noPolicies, get: (name) => valueOf(options, name) };
  const open = createOpener({
    webdav: ({ address }, access) => openServer(servers, accesses, address, access),
    library: ({ address }, access) => openServer(servers, accesses, address, access),
  });
  const service = await DriveService.open({
    dataDir,
    secrets,
    policies,
    events,
    lock,
    open,
    accounts: {
      list: () => accounts,
      serverUrl: (id) => {
        const found = accounts.find((one) => one.id === id);
        if (found === undefined) throw new AppError("notFound", { title: "There is no such account" });
        return found.serverUrl;
      },
    },
    log: silentLog,
    scrubber: createScrubber(),
    onNotice: (message) => notices.push(message),
    now: Date.now,
    random: () => 0,
    limits: { firstRetryMs: 5, againMs: 0, ...options.limits },
  });
  const files = new DriveFiles({ service, events, isLocked: () => lock.isLocked, now: Date.now });
  onTestFinished(async () => {
    await files.stop();
    await service.stop();
  });
  return {
    ...kept,
    service,
    files,
    events,
    told,
    notices,
    accesses,
    lock,
    accounts,
    again: () => begin(options, kept),
  };
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test gives what its policy holds
function valueOf({ policies = {} }: DriveBenchOptions, name: string): any {
  return policies[name];
}

function openServer(
  servers: DriveBench["servers"],
  accesses: DriveAccess[],
  address: string,
  access: DriveAccess,
): MemoryDrive {
  accesses.push(access);
  const server = servers.get(address);
  const drive = new MemoryDrive();
  if (server === undefined) {
    drive.failure = new DriveError("unreachable", { title: "Nobody answers" });
    return drive;
  }
  if (server.password === undefined || server.password === access.password) {
    server.drive.isClosed = false;
    return server.drive;
  }
  drive.failure = new DriveError(access.password === null ? "needsPassword" : "wrongPassword", {
    title: "Who is there?",
  });
  return drive;
}
