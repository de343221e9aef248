import { expect, test } from "vitest";
import { shellWording } from "./shell-wording.ts";

test("quitting says what stays on this machine, and what it would lose", () => {
  expect(shellWording("fr").waitingText(1, "connected", 0)).toBe(
    "Il est conservé sur ce poste et partira au prochain démarrage de Parvis.",
  );
  expect(shellWording("fr").waitingText(1, "connected", 1)).toBe(
    "Une réponse à une notification n’est qu’en mémoire, car le coffre des secrets est verrouillé : quitter la perd.",
  );
  const mixed = shellWording("en").waitingText(3, "offline", 1);
  expect(mixed).toContain("quitting loses it");
  expect(mixed).toContain("The rest is kept on this machine");
});
