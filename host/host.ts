import type { AppInfo, HostEvent } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { AccountWipe } from "./accounts/account-wipe.ts";
import { CondemnedCaches } from "./accounts/condemned-caches.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { createAccountFile } from "./accounts/account-file.ts";
import { AccountService, EMBEDDED_ID } from "./accounts/account-service.ts";
import { Backend } from "./accounts/backend.ts";
import { deviceOf } from "./accounts/device.ts";
import { BrowserSignIn } from "./accounts/browser-sign-in.ts";
import { appRoutes } from "./app-routes.ts";
import { AttentionModel } from "./attention/attention-model.ts";
import { attentionRoutes } from "./attention/routes.ts";
import { createBridge, type Bridge } from "./bridge.ts";
import { DeskCommands } from "./desktop/desk-commands.ts";
import { TargetQueue, targetRoutes } from "./desktop/targets.ts";
import { diagnosticRoutes } from "./diagnostics/routes.ts";
import { CalendarAccounts } from "./connectors/calendars/calendar-accounts.ts";
import { besideWorkplace } from "./connectors/calendars/door.ts";
import { calendarAccountRoutes } from "./connectors/calendars/routes.ts";
import { createDrives, type Drives } from "./drives/create-drives.ts";
import type { StartDriveProcess } from "./drives/drive-process/messages.ts";
import type { DriveOpeners } from "./drives/open-drive.ts";
import { HostEvents } from "./events.ts";
import { createGateway, type Gateway } from "./gateway/gateway.ts";
import type { Fetch } from "./gateway/upstream.ts";
import { IdleWatch } from "./lock/idle-watch.ts";
import { LockService } from "./lock/lock-service.ts";
import { lockedGateway } from "./lock/locked-gateway.ts";
import { lockRoutes } from "./lock/routes.ts";
import { silentLog, type Log } from "./log/log.ts";
import { createScrubber, type Scrubber } from "./log/scrub.ts";
import { Network } from "./network/network.ts";
import { networkRoutes } from "./network/routes.ts";
import type { CreateTransport } from "./network/transport.ts";
import { AccountListeners } from "./notifications/account-listeners.ts";
import { Attendance } from "./notifications/notifier.ts";
import { noPolicies, type Policies } from "./policy/policies.ts";
import { policyRoutes } from "./policy/routes.ts";
import type { ProfileFile } from "./profile/profile.ts";
import type { Routes } from "./routes.ts";
import { CacheKeys } from "./secrets/cache-key.ts";
import { secretRoutes } from "./secrets/routes.ts";
import type { SecretStore } from "./secrets/secret-store.ts";
import { createSettings, type SettingsStore } from "./settings.ts";
import { beginWorkplace, type BegunWorkplace } from "./workplace/begin-workplace.ts";
import type { StartWorkplace } from "./workplace/workplace-process.ts";

export interface HostOptions {
  dataDir: string;
  profile: ProfileFile;
  info: AppInfo;
  secrets: SecretStore;
  openExternal: (url: string) => Promise<void>;
  /** Starts the embedded workplace; without it there is none. */
  startWorkplace?: StartWorkplace;
  /** Where it keeps its data, when that is not the data folder. */
  workplaceDir?: string;
  /** A workplace that the profile begins with. */
  serverUrl?: string;
  /** Told what a person should know: a damaged file that was put aside… */
  onNotice: (message: string) => void;
  fetch?: Fetch;
  /** How this shell reaches the network; without it, `fetch` alone. */
  createTransport?: CreateTransport;
  now?: () => number;
  policies?: Policies;
  log?: Log;
  /** What keeps secrets out of the log. */
  scrubber?: Scrubber;
  /** Starts the process of a mount; without it, one of Node. */
  startDriveProcess?: StartDriveProcess;
  /** How drives are opened, when not as usual. */
  driveOpeners?: DriveOpeners;
  /** What this shell answers besides: windows, downloads. Made once the services are there. */
  shellRoutes?: (services: HostServices) => readonly Routes[];
}

/** What the services of a host share; made in this order, each from those before it. */
export interface HostServices {
  log: Log;
  scrubber: Scrubber;
  policies: Policies;
  events: HostEvents;
  settings: SettingsStore;
  secrets: SecretStore;
  lock: LockService;
  /** Locks when nobody is there. */
  idle: IdleWatch;
  network: Network;
  cacheKeys: CacheKeys;
  accounts: AccountService;
  /** Caches that are still to be deleted by a page. */
  condemned: CondemnedCaches;
  wipe: AccountWipe;
  gateway: Gateway;
  drives: Drives;
  /** Calendars that lie elsewhere. */
  calendars: CalendarAccounts;
  /** How each account stands: for tray, badge and quitting. */
  attention: AttentionModel;
  /** One light connection an account, shared by whoever listens. */
  listeners: AccountListeners;
  /** Whether any page is open; each shell says. */
  pages: Attendance;
  /** What is chosen beside the window. */
  desk: DeskCommands;
  /** What is to be shown as soon as a page is there. */
  targets: TargetQueue;
}

export interface Host {
  bridge: Bridge;
  events: HostEvents;
  gateway: Gateway;
  /** The same door as pages see it, with that of the drives: closed while Parvis is locked. */
  pageGateway: Gateway;
  accounts: AccountService;
  settings: SettingsStore;
  services: HostServices;
  /** How things stand, as events. */
  snapshot: () => Promise<HostEvent[]>;
  /** Adds what a part of the shell answers. */
  answer: (routes: Routes) => void;
  stop(): Promise<void>;
}

interface Door {
  accounts: AccountService;
  gateway: Gateway;
}

type Notice = HostOptions["onNotice"];

/** Whose token this is, by way of the gateway; the origin is not looked at. */
const ME = `http://host.invalid/gateway/${EMBEDDED_ID}/v1/me`;

/** What a host is made of; its secrets may still be being opened. */
export type HostBeginning = Omit<HostOptions, "secrets"> & { secrets: SecretStore | Promise<SecretStore> };

/** Everything but the window: both shells are built around this. Resolves when the first screen can be used. */
export async function createHost(beginning: HostBeginning): Promise<Host> {
  const scrubber = beginning.scrubber ?? createScrubber();
  const workplace = beginDemonstration(beginning, scrubber);
  try {
    return await completeHost({ ...beginning, scrubber, secrets: await beginning.secrets }, workplace);
  } catch (error) {
    await workplace?.stop();
    throw error;
  }
}

async function completeHost(options: HostOptions, workplace: BegunWorkplace | undefined): Promise<Host> {
  const services = await createServices(options);
  const { accounts, events, gateway, network, policies, settings } = services;
  const bridge: Bridge = createBridge(
    [
      appRoutes({ ...options, settings, policies, network }),
      networkRoutes(services),
      diagnosticRoutes({
        ...services,
        dataDir: options.dataDir,
        info: options.info,
        now: options.now ?? Date.now,
        call: (channel, args) => bridge.call(channel, args),
      }),
      policyRoutes(policies),
      accountRoutes(services),
      secretRoutes(services),
      lockRoutes(services),
      attentionRoutes(services.attention),
      targetRoutes(services.targets),
      services.drives.routes(),
      calendarAccountRoutes(services.calendars),
      ...(options.shellRoutes?.(services) ?? []),
    ],
    services,
  );
  const serverUrl = options.serverUrl ?? policies.get("DefaultServer");
  if (workplace !== undefined) await enterWorkplace(workplace, services, options.onNotice);
  // What the network asks can only be answered in a window: it is not waited for.
  if (serverUrl !== undefined)
    await Promise.race([addServer(services, { ...options, serverUrl }), network.questions.asked()]);
  policies.subscribe(() => {
    events.emit({ type: "policiesChanged", policies: policies.status() });
    events.emit({ type: "lockChanged", status: services.lock.status() });
  });
  const snapshot = async (): Promise<HostEvent[]> => [
    { type: "accountsChanged", accounts: accounts.list() },
    { type: "settingsChanged", settings: await settings.get() },
    { type: "secretsChanged", status: await options.secrets.status() },
    { type: "lockChanged", status: services.lock.status() },
    { type: "networkQuestions", questions: network.questions.list() },
    ...services.drives.snapshot(),
    { type: "calendarAccountsChanged", accounts: services.calendars.list() },
  ];
  services.desk.start();
  services.drives.start();
  services.calendars.start();
  const stop = async (): Promise<void> => {
    services.idle.stop();
    await services.desk.stop();
    await services.drives.stop();
    services.calendars.stop();
    await workplace?.stop();
    await network.stop();
  };
  const pageGateway = lockedGateway(
    services.drives.beside(besideWorkplace(gateway, services.calendars)),
    services.lock,
  );
  return {
    bridge,
    events,
    gateway,
    pageGateway,
    accounts,
    settings,
    services,
    snapshot,
    answer: (routes) => bridge.add(routes),
    stop,
  };
}

async function createServices(options: HostOptions): Promise<HostServices> {
  const { dataDir, secrets } = options;
  const { log = silentLog, scrubber = createScrubber(), now = Date.now } = options;
  const onNotice = loudly(options.onNotice, log);
  const policies = options.policies ?? noPolicies;
  const events = new HostEvents();
  const settings = createSettings(dataDir, events, onNotice, policies);
  const isLockWanted = () => wantsLock(policies);
  const lock = await LockService.open({ dataDir, secrets, events, onDamaged: onNotice, now, isLockWanted });
  const onError = (error: unknown): void => log.write("error", `locking failed: ${String(error)}`);
  const idle = new IdleWatch({ lock, settings, events, now, onError });
  const cacheKeys = new CacheKeys({ secrets, guard: lock, now });
  const network = await Network.open({
    ...options,
    fetch: options.fetch ?? fetch,
    policies,
    events,
    log,
    now,
    onNotice,
    onSecret: scrubber.learn,
  });
  const signInFetch = network.fetchFor("signIn");
  const backend = new Backend({ fetch: signInFetch, device: deviceOf(options.info) });
  const accounts = new AccountService({
    file: createAccountFile(dataDir, onNotice),
    secrets,
    backend,
    browserSignIn: new BrowserSignIn({ backend, openExternal: options.openExternal, fetch: signInFetch }),
    events,
    policies,
    now,
  });
  await accounts.load();
  const condemned = new CondemnedCaches(dataDir, onNotice);
  const wipe = new AccountWipe({ accounts, cacheKeys, condemned, events });
  settleEndedSignIns(accounts, events, log);
  const gateway = createGateway({ accounts, fetch: network.fetchFor("workplace") });
  const drives = await createDrives({
    dataDir,
    info: options.info,
    secrets,
    settings,
    policies,
    events,
    accounts,
    condemned,
    gateway,
    lock,
    network,
    log,
    scrubber,
    onNotice,
    now,
    ...(options.startDriveProcess === undefined ? {} : { startDriveProcess: options.startDriveProcess }),
    ...(options.driveOpeners === undefined ? {} : { openers: options.driveOpeners }),
  });
  const calendars = await CalendarAccounts.load({
    dataDir,
    secrets,
    scrubber,
    accounts,
    events,
    lock,
    log,
    fetch: network.fetchFor("calendars"),
    now,
    onNotice,
  });
  const attention = new AttentionModel(now);
  const listeners = new AccountListeners({
    gateway,
    random: Math.random,
    onError: (error) => log.write("warning", `a connection failed: ${String(error)}`),
  });
  const pages = new Attendance();
  const reconnect = () => listeners.reconnect();
  const desk = new DeskCommands({
    dataDir,
    gateway,
    accounts,
    attention,
    events,
    pages,
    reconnect,
    onNotice,
    now,
  });
  const known = { log, scrubber, policies, events, settings, secrets, lock, idle };
  return {
    ...known,
    network,
    cacheKeys,
    accounts,
    condemned,
    wipe,
    gateway,
    drives,
    calendars,
    attention,
    listeners,
    pages,
    desk,
    targets: new TargetQueue(),
  };
}

/** By mandate: what is only recommended leaves the choice of a code to the person. */
function wantsLock(policies: Policies): boolean {
  const byTime = policies.isMandatory("IdleLockMinutes") && (policies.get("IdleLockMinutes") ?? 0) > 0;
  return byTime || (policies.isMandatory("LockWithSystem") && policies.get("LockWithSystem") === true);
}

/** At the start, whenever the network comes back, and once the secrets can be read. */
function settleEndedSignIns(accounts: AccountService, events: HostEvents, log: Log): void {
  const settle = (): void => {
    accounts
      .settleEnded()
      .catch((error: unknown) => log.write("error", `ended sign-ins were not settled: ${String(error)}`));
  };
  events.subscribe((event) => {
    if (event.type === "networkChanged" && event.isOnline) settle();
    if (event.type === "secretsChanged" && !event.status.isLocked) settle();
  });
  settle();
}

/** What a person is told stands in the log too. */
function loudly(onNotice: Notice, log: Log): Notice {
  return (message) => {
    log.write("warning", message);
    onNotice(message);
  };
}

/** The demonstration is for whoever tries Parvis out, not for the machines of an organisation. */
function beginDemonstration(options: HostBeginning, scrubber: Scrubber): BegunWorkplace | undefined {
  const { startWorkplace: start, policies = noPolicies } = options;
  const isManaged =
    policies.get("DefaultServer") !== undefined || policies.get("AllowedServers") !== undefined;
  return start === undefined || isManaged ? undefined : beginWorkplace({ ...options, start, scrubber });
}

async function enterWorkplace(
  workplace: BegunWorkplace,
  services: HostServices,
  onNotice: Notice,
): Promise<void> {
  workplace.follow(({ isRunning, url, error }) => {
    if (url !== undefined) void enterEmbedded(url, services, onNotice);
    services.events.emit({
      type: "workplaceChanged",
      isRunning,
      ...(error === undefined ? {} : { error }),
    });
  });
  await enterEmbedded(await workplace.ready(), services, onNotice);
}

/** The demonstration is signed in by itself, unless the person has signed out of it. */
async function enterEmbedded(url: string, { accounts, gateway }: Door, onNotice: Notice): Promise<void> {
  try {
    const { personId, state } = await accounts.putEmbedded(url);
    if (personId !== null && state === "signedOut") return;
    // Finds out whether the tokens still count: the demonstration may have been made anew.
    const isIn = state === "signedIn" && (await gateway.handle(new Request(ME))).ok;
    if (!isIn) await accounts.signInWithPassword(EMBEDDED_ID, "demo", "demo");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    onNotice(
      `The demonstration account could not be signed in: ${error.problem.detail ?? error.problem.title}`,
    );
  }
}

/** A server that is away is no reason not to start: what is cached can be read. */
async function addServer(services: HostServices, options: HostOptions): Promise<void> {
  const { accounts, network } = services;
  const { serverUrl = "", onNotice } = options;
  try {
    if (
      !accounts
        .list()
        .some((account) => URL.canParse(serverUrl) && account.serverUrl === new URL(serverUrl).origin)
    ) {
      await accounts.add(serverUrl);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (network.questions.list().length > 0) {
      // It took longer than a server may take to answer.
      await network.questions.settled();
      await addServer(services, options);
      return;
    }
    onNotice(`${serverUrl} was not added: ${error.problem.detail ?? error.problem.title}`);
  }
}
