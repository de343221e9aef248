import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface TestCertificate {
  cert: string;
  key: string;
}

interface LeafOptions {
  names?: readonly string[];
  /** `YYYYMMDDHHMMSSZ`. */
  from?: string;
  until?: string;
  /** For people, not for servers. */
  isClient?: boolean;
}

/** A certification authority as organisations have them, made with openssl. */
export class TestAuthority {
  readonly folder: string;
  readonly #within: string;
  #count = 0;

  constructor(within: string, name = "Autorité interne") {
    this.#within = within;
    this.folder = join(within, `ca-${name.replaceAll(/\W/g, "")}`);
    mkdirSync(this.folder);
    const subject = `/O=Commune/CN=${name}`;
    this.#openssl(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-utf8",
      "-days",
      "30",
      "-subj",
      subject,
      "-keyout",
      this.#path("ca.key"),
      "-out",
      this.#path("ca.pem"),
      "-addext",
      "keyUsage=critical,keyCertSign,cRLSign",
    );
    writeFileSync(this.#path("index.txt"), "");
    writeFileSync(this.#path("serial"), "1000\n");
  }

  get pem(): string {
    return readFileSync(this.#path("ca.pem"), "utf8");
  }

  issue(commonName: string, options: LeafOptions = {}): TestCertificate {
    const {
      names = [commonName],
      from = "20260101000000Z",
      until = "20361231000000Z",
      isClient = false,
    } = options;
    this.#count += 1;
    const base = `leaf-${this.#count}`;
    const list = names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(",");
    const extensions = isClient
      ? "extendedKeyUsage=clientAuth"
      : `subjectAltName=${list}\nextendedKeyUsage=serverAuth`;
    writeFileSync(
      this.#path("ca.cnf"),
      `[ca]\ndefault_ca=d\n[d]\nnew_certs_dir=${this.folder}\ndatabase=${this.#path("index.txt")}\nserial=${this.#path("serial")}\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\norganizationName=optional\n[e]\nbasicConstraints=CA:FALSE\n${extensions}\n`,
    );
    this.#openssl(
      "req",
      "-new",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-utf8",
      "-subj",
      `/O=Commune/CN=${commonName}`,
      "-keyout",
      this.#path(`${base}.key`),
      "-out",
      this.#path(`${base}.csr`),
    );
    this.#openssl(
      "ca",
      "-batch",
      "-notext",
      "-utf8",
      "-config",
      this.#path("ca.cnf"),
      "-extensions",
      "e",
      "-cert",
      this.#path("ca.pem"),
      "-keyfile",
      this.#path("ca.key"),
      "-startdate",
      from,
      "-enddate",
      until,
      "-in",
      this.#path(`${base}.csr`),
      "-out",
      this.#path(`${base}.pem`),
    );
    return {
      cert: readFileSync(this.#path(`${base}.pem`), "utf8"),
      key: readFileSync(this.#path(`${base}.key`), "utf8"),
    };
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  #openssl(...args: string[]): void {
    execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"], cwd: this.#within });
  }
}
