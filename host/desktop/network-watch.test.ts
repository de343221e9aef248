import { networkInterfaces, type NetworkInterfaceInfo } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { hasTrayHost } from "./tray-host.ts";
import { readMetered } from "./metered.ts";
import { NetworkWatch, type NetworkStand, type NetworkWatchOptions } from "./network-watch.ts";

function address(text: string, internal = false): NetworkInterfaceInfo {
  const family = text.includes(":") ? { family: "IPv6" as const, scopeid: 0 } : { family: "IPv4" as const };
  return { address: text, netmask: "", mac: "00:00:00:00:00:00", internal, cidr: null, ...family };
}

async function watch(start: NodeJS.Dict<NetworkInterfaceInfo[]>, more: Partial<NetworkWatchOptions> = {}) {
  const machine = { interfaces: start, proxy: "DIRECT", isMetered: false };
  const told: (NetworkStand & { isNewWay: boolean })[] = [];
  const faults: unknown[] = [];
  const running = await NetworkWatch.start({
    interfaces: () => machine.interfaces,
    resolveProxy: () => Promise.resolve(machine.proxy),
    isMetered: () => Promise.resolve(machine.isMetered),
    onChange: (stand, isNewWay) => told.push({ ...stand, isNewWay }),
    onError: (error) => faults.push(error),
    lookMs: 3_600_000,
    ...more,
  });
  onTestFinished(() => running.stop());
  return { machine, told, faults, running };
}

const saying = (text: string | undefined) => () => Promise.resolve(text);
const none = saying(undefined);
const gdbus = (program: string) => Promise.resolve(program === "gdbus" ? "(true,)" : undefined);

const lan = { lo: [address("127.0.0.1", true)], eth0: [address("10.1.2.3")] };

test("a VPN that comes up or goes down is a new way; nothing new is nothing", async () => {
  const { machine, told, running } = await watch(lan);
  await running.look();
  expect(told).toEqual([]);
  machine.interfaces = { ...lan, tun0: [address("172.16.0.9")] };
  await running.look();
  machine.interfaces = lan;
  await running.look();
  machine.interfaces = { lo: lan.lo };
  await running.look();
  expect(told).toEqual([
    { isOnline: true, isMetered: false, isNewWay: true },
    { isOnline: true, isMetered: false, isNewWay: true },
    { isOnline: false, isMetered: false, isNewWay: true },
  ]);
});

test("a temporary IPv6 address of the same network, and a link-local one, are no new way", async () => {
  const { machine, told, running } = await watch({ wlan0: [address("2001:db8:1:2::aaaa")] });
  machine.interfaces = { wlan0: [address("2001:db8:1:2::bbbb"), address("fe80::1")] };
  await running.look();
  expect(told).toEqual([]);
});

test("another proxy is a new way, metered or not is only that", async () => {
  const { machine, told, running } = await watch(lan);
  machine.proxy = "PROXY proxy.example.org:3128";
  await running.lookAtAll();
  machine.isMetered = true;
  await running.lookAtAll();
  expect(told).toEqual([
    { isOnline: true, isMetered: false, isNewWay: true },
    { isOnline: true, isMetered: true, isNewWay: false },
  ]);
});

test("what the network costs is hardly ever asked while the way stays the same, and at once on a new one", async () => {
  let asked = 0;
  const isMetered = () => Promise.resolve(++asked > 1);
  const { machine, told, running } = await watch(lan, { isMetered });
  for (let look = 0; look < 30; look++) await running.look();
  expect(asked).toBe(1);
  machine.interfaces = { ...lan, tun0: [address("172.16.0.9")] };
  await running.look();
  expect(asked).toBe(2);
  expect(told).toEqual([{ isOnline: true, isMetered: true, isNewWay: true }]);
});

test("what cannot be asked is told and asked again; this machine’s own interfaces can be read", async () => {
  const { faults, running } = await watch(lan, {
    interfaces: networkInterfaces,
    resolveProxy: (() => {
      let count = 0;
      return () => (++count === 2 ? Promise.reject(new Error("no answer")) : Promise.resolve("DIRECT"));
    })(),
  });
  await running.lookAtAll();
  await running.lookAtAll();
  expect(faults).toHaveLength(1);
});

test("a metered network is what the system calls so, and none where it cannot say", async () => {
  expect(await readMetered("linux", saying("u 1"))).toBe(true);
  expect(await readMetered("linux", saying("u 3"))).toBe(true);
  expect(await readMetered("linux", saying("u 4"))).toBe(false);
  expect(await readMetered("linux", saying(undefined))).toBe(false);
  expect(await readMetered("win32", saying("Variable"))).toBe(true);
  expect(await readMetered("win32", saying("Unrestricted"))).toBe(false);
  expect(await readMetered("darwin", saying("u 1"))).toBe(false);
});

test("a tray is counted on where somebody shows it", async () => {
  expect(await hasTrayHost("win32", none)).toBe(true);
  expect(await hasTrayHost("linux", none)).toBe(false);
  expect(await hasTrayHost("linux", () => Promise.resolve("b true"))).toBe(true);
  expect(await hasTrayHost("linux", () => Promise.resolve("b false"))).toBe(false);
  expect(await hasTrayHost("linux", gdbus)).toBe(true);
});
