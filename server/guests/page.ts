import { createHash } from "node:crypto";

const STYLE = `body{font:1.125rem/1.6 system-ui,sans-serif;max-width:36rem;margin:10vh auto;padding:0 1.25rem;
color:#1b1b1f;background:#fff}h1{font-size:1.5rem;line-height:1.3}hr{border:0;border-top:1px solid #c9c9d1;margin:2.5rem 0}
@media(prefers-color-scheme:dark){body{color:#ececf1;background:#17171b}hr{border-color:#44444d}}`;

/**
 * What the address of an invitation shows in a browser. It has no script, and what is after the `#` never comes here:
 * the application reads it, not the page.
 */
export const invitationPage = `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Invitation – Parvis</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Vous êtes invité·e dans Parvis</h1>
<p>Ouvrez l’application Parvis, choisissez « J’ai une invitation » et collez-y l’adresse complète de cette page.</p>
<p>L’adresse est personnelle : ne la transmettez à personne.</p>
<hr>
<section lang="en">
<h1>You are invited to Parvis</h1>
<p>Open the Parvis application, choose “I have an invitation” and paste the whole address of this page.</p>
<p>The address is yours alone: do not pass it on.</p>
</section>
</main>
</body>
</html>
`;

const styleHash = createHash("sha256").update(STYLE).digest("base64");

export const invitationPageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cache-control": "no-store",
};
