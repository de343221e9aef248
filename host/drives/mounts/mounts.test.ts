import { expect, test } from "vitest";
import { connectMount, gioAnswers } from "./connect-mount.ts";
import { foundMounts } from "./found.ts";
import { parseGvfsNames, parseMountInfo } from "./linux-mounts.ts";
import { parseMacMounts } from "./macos-mounts.ts";
import { folderOfShare, isMounted, shareKey } from "./mounted.ts";
import { runProgram } from "./run-program.ts";
import { systemMounts } from "./system-mounts.ts";
import { parseSmbMappings } from "./windows-mounts.ts";

const signal = new AbortController().signal;

const MOUNTINFO = String.raw`22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,discard
26 22 0:22 / /proc rw,nosuid shared:5 - proc proc rw
91 22 0:51 / /mnt/Plans\040d\303\251taill\303\251s rw,relatime shared:50 - cifs //nas.exemple.test/Plans\040commun rw,vers=3.1.1,username=anna
92 22 0:52 / /srv/partage rw,relatime shared:51 - nfs4 nas.exemple.test:/export/partage rw,vers=4.2
93 22 0:53 / /media/anna/dav rw,nosuid,nodev - fuse.davfs https://dav.exemple.test/anna rw,user_id=1000
94 22 0:54 / /media/anna/loin rw,nosuid,nodev - fuse.sshfs anna@loin.exemple.test:/srv rw,user_id=1000
95 22 0:55 / /run/user/1000/gvfs rw,nosuid,nodev - fuse.gvfsd-fuse gvfsd-fuse rw,user_id=1000
96 22 0:56 / /media/anna/rclone rw,nosuid,nodev - fuse.rclone boite:{aa} rw,user_id=1000
broken line
`;

test("Linux tells its shares in mountinfo, with their addresses and without the names of users", () => {
  expect(parseMountInfo(MOUNTINFO)).toEqual([
    { folder: "/mnt/Plans détaillés", protocol: "smb", share: "smb://nas.exemple.test/Plans commun" },
    { folder: "/srv/partage", protocol: "nfs", share: "nfs://nas.exemple.test/export/partage" },
    { folder: "/media/anna/dav", protocol: "webdav", share: "https://dav.exemple.test/anna" },
    { folder: "/media/anna/loin", protocol: "other", share: "sftp://loin.exemple.test/srv" },
    { folder: "/media/anna/rclone", protocol: "other", share: null },
  ]);
});

test("the desktop's own mounts say in their names what they are", () => {
  const names = [
    "smb-share:server=nas.exemple.test,share=commun,user=anna",
    "dav:host=dav.exemple.test,ssl=true,user=anna,prefix=%2Ffichiers",
    "sftp:host=loin.exemple.test",
    "mtp:host=telephone",
    "étrange",
  ];
  expect(parseGvfsNames("/g", names)).toEqual([
    { folder: `/g/${names[0]}`, protocol: "smb", share: "smb://nas.exemple.test/commun" },
    { folder: `/g/${names[1]}`, protocol: "webdav", share: "davs://dav.exemple.test/fichiers" },
    { folder: `/g/${names[2]}`, protocol: "other", share: "sftp://loin.exemple.test/" },
    { folder: `/g/${names[3]}`, protocol: "other", share: null },
  ]);
});

test("macOS prints them, Windows as JSON: one, several or none", () => {
  const printed = [
    "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)",
    "//anna@nas._smb._tcp.local/commun on /Volumes/commun (smbfs, nodev, nosuid, mounted by anna)",
    "nas:/export on /Volumes/export (1) (nfs, nodev, nosuid)",
    "https://dav.exemple.test/ on /Volumes/dav (webdav, nodev, noexec, nosuid, mounted by anna)",
  ].join("\n");
  expect(parseMacMounts(printed)).toEqual([
    { folder: "/Volumes/commun", protocol: "smb", share: "smb://nas._smb._tcp.local/commun" },
    { folder: "/Volumes/export (1)", protocol: "nfs", share: "nfs://nas/export" },
    { folder: "/Volumes/dav", protocol: "webdav", share: "https://dav.exemple.test/" },
  ]);
  const one = String.raw`{"LocalPath":"P:","RemotePath":"\\\\nas\\Partagé"}`;
  expect(parseSmbMappings(`\uFEFF${one}\r\n`)).toEqual([
    { folder: "P:\\", protocol: "smb", share: String.raw`\\nas\Partagé` },
  ]);
  const two = String.raw`[${one},{"LocalPath":null,"RemotePath":"\\\\dav@SSL\\DavWWWRoot\\x"}]`;
  expect(parseSmbMappings(two).map(({ folder, protocol }) => [folder, protocol])).toEqual([
    ["P:\\", "smb"],
    [String.raw`\\dav@SSL\DavWWWRoot\x`, "webdav"],
  ]);
  expect(parseSmbMappings("\r\n")).toEqual([]);
});

test("a share is found where it is mounted, however its address is written", () => {
  const mounts = parseMountInfo(MOUNTINFO);
  const plans = "/mnt/Plans détaillés";
  expect(folderOfShare("smb://NAS.exemple.test/Plans%20commun/", mounts)).toBe(plans);
  expect(folderOfShare(String.raw`\\nas.exemple.test\PLANS commun`, mounts)).toBe(plans);
  expect(folderOfShare("smb://nas.exemple.test/Plans%20commun/Étage 2/B", mounts)).toBe(`${plans}/Étage 2/B`);
  expect(folderOfShare("smb://nas.exemple.test/Plans%20communs", mounts)).toBeUndefined();
  expect(folderOfShare("nfs://nas.exemple.test/Export/partage", mounts)).toBeUndefined();
  expect(shareKey("/srv")).toBeUndefined();
});

test("what lies on a mount is known to be able to hang", () => {
  const mounts = parseMountInfo(MOUNTINFO);
  expect(isMounted("/srv/partage/a", mounts)).toBe(true);
  expect(isMounted("/srv/partages", mounts)).toBe(false);
  expect(isMounted(String.raw`\\nas\x`, mounts)).toBe(true);
});

test("a person is offered each share once, by an address that others have too", async () => {
  const mounts = parseMountInfo(MOUNTINFO);
  const found = await foundMounts(async () => [...mounts, ...mounts], signal);
  expect(found).toContainEqual({
    name: "Plans commun",
    address: "smb://nas.exemple.test/Plans commun",
    protocol: "smb",
  });
  expect(found).toContainEqual({ name: "dav", address: "/media/anna/dav", protocol: "webdav" });
  expect(found).toHaveLength(5);
});

test("the system answers here too, whatever it has", async () => {
  expect(Array.isArray(await systemMounts()(signal))).toBe(true);
});

test("each question is answered once, and a refusal ends it", () => {
  const answer = gioAnswers({ username: String.raw`MAIRIE\anna`, password: "secret" });
  expect(answer("Authentication Required\nUser [root]: ")).toBe("anna");
  expect(answer("Domain [WORKGROUP]: ")).toBe("MAIRIE");
  expect(answer("Password: ")).toBe("secret");
  expect(answer("Mounting")).toBeUndefined();
  expect(answer("Password: ")).toBeNull();
});

test.runIf(process.platform !== "win32")("a password goes by the standard input alone", async () => {
  const script = 'printf "Password: "; read -r given; printf "%s|%s" "$given" "$0 $*"';
  const { output, code } = await runProgram("sh", ["-c", script], {
    signal,
    answer: gioAnswers({ username: null, password: "secret" }),
  });
  expect(code).toBe(0);
  expect(output).toMatch(/secret\|sh $/);
});

test("a program that is not there is said, with what to do", async () => {
  await expect(
    connectMount("darwin")("smb://nas.exemple.test/x", { username: null, password: null }, signal),
  ).rejects.toMatchObject({ fault: "unreachable" });
});
