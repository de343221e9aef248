import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answersAt, freePort, isInstalled, skipLoudly, startPeer } from "./peer-process.ts";
import type { WebdavPeer } from "./webdav.ts";

const USERNAME = "alice";
const PASSWORD = "mot de passe d’Alice";
const MODULE = "/usr/lib/nginx/modules/ngx_http_dav_ext_module.so";

/** nginx with dav-ext, which claims class 2 alone and lists no name with a dot before it. Undefined where it is not to be had. */
export async function startNginx(): Promise<WebdavPeer | undefined> {
  if (!isInstalled("nginx", ["nginx-light", "libnginx-mod-http-dav-ext"]) || !existsSync(MODULE)) {
    skipLoudly("nginx with dav-ext");
    return undefined;
  }
  const base = mkdtempSync(join(tmpdir(), "parvis-nginx-"));
  chmodSync(base, 0o755);
  const folder = join(base, "files");
  for (const name of ["files", "body", "proxy", "fastcgi", "uwsgi", "scgi"]) {
    mkdirSync(join(base, name));
    chmodSync(join(base, name), 0o777);
  }
  const hash = execFileSync("openssl", ["passwd", "-apr1", "-stdin"], { input: PASSWORD }).toString().trim();
  writeFileSync(join(base, "passwords"), `${USERNAME}:${hash}\n`, { mode: 0o644 });
  const port = await freePort();
  const config = join(base, "nginx.conf");
  writeFileSync(config, nginxConfig(base, port));
  const peer = startPeer("/usr/sbin/nginx", ["-c", config, "-e", join(base, "error.log")]);
  await answersAt(port, peer);
  const stop = async () => {
    await peer.stop();
    rmSync(base, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}/`, username: USERNAME, password: PASSWORD, folder, stop };
}

function nginxConfig(base: string, port: number): string {
  const unused = ["proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${base}/${name};`);
  return `load_module ${MODULE};
daemon off;
pid ${base}/pid;
error_log ${base}/error.log;
events {}
http {
  access_log off;
  ${unused.join("\n  ")}
  client_body_temp_path ${base}/body;
  client_max_body_size 0;
  dav_ext_lock_zone zone=locks:1m;
  server {
    listen 127.0.0.1:${port};
    root ${base}/files;
    auth_basic files;
    auth_basic_user_file ${base}/passwords;
    location / {
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK;
      dav_ext_lock zone=locks;
    }
  }
}
`;
}
