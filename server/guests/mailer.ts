import type { Transporter } from "nodemailer";

export interface MailOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  smtpUrl: string;
  /** `Name <address@place.example>` or the address alone. */
  from: string;
}

export interface InvitationMail {
  to: string;
  workplace: string;
  space: string;
  inviter: string;
  url: string;
  /** ISO 8601. */
  expiresAt: string;
}

export interface Mailer {
  send(mail: InvitationMail): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 20_000;

/** The library is loaded with the first mail: most servers send none for hours. */
export function createMailer({ smtpUrl, from }: MailOptions): Mailer {
  let transport: Promise<Transporter> | undefined;
  async function open(): Promise<Transporter> {
    const { createTransport } = await import("nodemailer");
    const url = new URL(smtpUrl);
    const isImplicitTls = url.protocol === "smtps:";
    const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
    return createTransport({
      host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port === "" ? (isImplicitTls ? 465 : 587) : Number(url.port),
      secure: isImplicitTls,
      // A link is a secret: in clear only to this very machine.
      requireTLS: !isImplicitTls && !isLocal,
      ...(url.username === ""
        ? {}
        : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
  return {
    async send(mail) {
      transport ??= open();
      await (
        await transport
      ).sendMail({
        from,
        to: { name: "", address: mail.to },
        subject: oneLine(`Invitation : ${mail.space} – ${mail.workplace}`),
        text: textOf(mail),
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    close() {
      transport?.then((opened) => opened.close()).catch(() => undefined);
    },
  };
}

/** Plain text: no address hides behind another, nothing is loaded from anywhere. */
function textOf({ workplace, space, inviter, url, expiresAt }: InvitationMail): string {
  const day = expiresAt.slice(0, 10);
  return `Bonjour,

${oneLine(inviter)} vous invite dans « ${oneLine(space)} » (${oneLine(workplace)}).
Ouvrez l’application Parvis, choisissez « J’ai une invitation » et collez cette adresse :

${url}

Elle est personnelle et vaut jusqu’au ${day}.

--
Hello,

${oneLine(inviter)} invites you to “${oneLine(space)}” (${oneLine(workplace)}).
Open the Parvis application, choose “I have an invitation” and paste this address:

${url}

It is yours alone and good until ${day}.
`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
