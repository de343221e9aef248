import type { NetworkInterfaceInfo } from "node:os";

const LOOK_MS = 10_000;
/** Asking for the proxy is dearer: so many looks apart. */
const RARELY = 6;
/** Asking what the network costs starts a program, and hardly ever gives another answer on the same way. */
const HARDLY = 10 * RARELY;

export interface NetworkStand {
  isOnline: boolean;
  isMetered: boolean;
}

export interface NetworkWatchOptions {
  interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** What the platform knows of being online; without it, whether there is an address. */
  isOnline?: () => boolean;
  /** The proxy for the workplaces, as text. */
  resolveProxy?: () => Promise<string>;
  isMetered: () => Promise<boolean>;
  /** `isNewWay`: addresses, proxy or being online are others than before, and old connections lead nowhere. */
  onChange: (stand: NetworkStand, isNewWay: boolean) => void;
  onError: (error: unknown) => void;
  lookMs?: number;
}

/** Notices that the way to the network is another one: VPN up or down, cable, Wi-Fi, proxy, metered. */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #way: string;
  #proxy: string | undefined;
  #isMetered = false;
  /** The start asks everything. */
  #looks = 1;
  #looking: Promise<void> | undefined;

  private constructor(options: NetworkWatchOptions) {
    this.#options = options;
    this.#way = this.#readWay();
  }

  static async start(options: NetworkWatchOptions): Promise<NetworkWatch> {
    const watch = new NetworkWatch(options);
    watch.#proxy = await options.resolveProxy?.();
    watch.#isMetered = await options.isMetered();
    watch.#timer = setInterval(() => void watch.look(), options.lookMs ?? LOOK_MS);
    watch.#timer.unref();
    if (watch.#isMetered) options.onChange(watch.stand(), false);
    return watch;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  stand(): NetworkStand {
    return { isOnline: this.#isOnline(), isMetered: this.#isMetered };
  }

  /** Looks now, at everything: after waking up, or when Chromium says something. */
  async lookAtAll(): Promise<void> {
    this.#looks = 0;
    await this.look();
  }

  async look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch(this.#options.onError)
      .finally(() => {
        this.#looking = undefined;
      });
    await this.#looking;
  }

  async #look(): Promise<void> {
    const way = this.#readWay();
    let isNewWay = way !== this.#way;
    this.#way = way;
    const looks = this.#looks;
    this.#looks += 1;
    if (!isNewWay && looks % RARELY !== 0) return;
    const { isMetered, onChange, resolveProxy } = this.#options;
    const proxy = await resolveProxy?.();
    isNewWay ||= proxy !== this.#proxy;
    this.#proxy = proxy;
    const wasMetered = this.#isMetered;
    if (isNewWay || looks % HARDLY === 0) this.#isMetered = await isMetered();
    if (isNewWay || wasMetered !== this.#isMetered) onChange(this.stand(), isNewWay);
  }

  #isOnline(): boolean {
    return this.#options.isOnline?.() ?? addresses(this.#options.interfaces()).length > 0;
  }

  #readWay(): string {
    return `${String(this.#isOnline())} ${addresses(this.#options.interfaces()).join(" ")}`;
  }
}

/** Addresses that lead out of this machine. Temporary IPv6 addresses come and go every day: their network counts. */
function addresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string[] {
  return Object.entries(interfaces)
    .flatMap(([name, infos]) =>
      (infos ?? []).flatMap(({ address, family, internal }) => {
        if (internal || address.startsWith("fe80:")) return [];
        const shown = family === "IPv6" ? address.split(":").slice(0, 4).join(":") : address;
        return [`${name}=${shown}`];
      }),
    )
    .filter((each, index, all) => all.indexOf(each) === index)
    .toSorted();
}
