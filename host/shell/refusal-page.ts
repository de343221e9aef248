import type { Refusal } from "./browser-guard.ts";

const REASONS: Record<Refusal, readonly [string, string]> = {
  session: [
    "Ouvrez Parvis à partir du programme : son adresse ne sert qu’une fois. Relancez-le pour en obtenir une nouvelle.",
    "Open Parvis from the program: its address works once. Start it again to get a new one.",
  ],
  origin: [
    "Cette demande vient d’un autre site. Parvis ne répond qu’à ses propres pages.",
    "This request comes from another site. Parvis only answers its own pages.",
  ],
  host: [
    "Parvis ne répond qu’à l’adresse 127.0.0.1 de ce poste.",
    "Parvis only answers at the address 127.0.0.1 of this machine.",
  ],
};

export function refusalPage(refusal: Refusal): string {
  const [fr, en] = REASONS[refusal];
  return `<!doctype html>
<html lang="fr">
  <head><meta charset="utf-8" /><meta name="color-scheme" content="light dark" /><title>Parvis</title></head>
  <body><h1>Parvis</h1><p>${fr}</p><p lang="en">${en}</p></body>
</html>
`;
}
