const WORDS = {
  fr: {
    ok: ["Vous êtes connecté", "Vous pouvez fermer cet onglet et revenir à Parvis."],
    failed: ["La connexion n’a pas abouti", "Revenez à Parvis pour en connaître la raison et réessayer."],
  },
  en: {
    ok: ["You are signed in", "You can close this tab and return to Parvis."],
    failed: ["The sign-in did not succeed", "Return to Parvis to see why and to try again."],
  },
} as const;

/** What the browser shows at the end. `acceptLanguage` is the header's value. */
export function pageAfterSignIn(acceptLanguage: string, isSignedIn: boolean): string {
  const language = prefersFrench(acceptLanguage) ? "fr" : "en";
  const [title, text] = WORDS[language][isSignedIn ? "ok" : "failed"];
  return `<!doctype html>
<html lang="${language}">
  <head><meta charset="utf-8" /><meta name="color-scheme" content="light dark" /><title>${title} – Parvis</title></head>
  <body><h1>${title}</h1><p>${text}</p></body>
</html>
`;
}

function prefersFrench(acceptLanguage: string): boolean {
  const first = acceptLanguage.split(",").find((part) => /^\s*(fr|en)\b/i.test(part));
  return first === undefined || /^\s*fr/i.test(first);
}
