import type { Settings } from "#contract/settings.ts";
import type { Attention } from "#contract/desktop/attention.ts";

/** What the shell itself says: menus, context menus, native dialogs. */
export interface ShellWording {
  file: string;
  edit: string;
  view: string;
  window: string;
  help: string;
  about: string;
  newMessage: string;
  detach: string;
  goTo: string;
  settings: string;
  account: string;
  downloads: string;
  lock: string;
  closeWindow: string;
  quit: string;
  services: string;
  hide: string;
  hideOthers: string;
  unhide: string;
  undo: string;
  redo: string;
  cut: string;
  copy: string;
  paste: string;
  pasteAsText: string;
  delete: string;
  selectAll: string;
  find: string;
  actualSize: string;
  zoomIn: string;
  zoomOut: string;
  fullScreen: string;
  reload: string;
  developerTools: string;
  minimize: string;
  zoom: string;
  front: string;
  shortcuts: string;
  noSuggestion: string;
  addToDictionary: string;
  openLink: string;
  copyLink: string;
  copyImage: string;
  saveImage: string;
  trayTitle: string;
  trayText: (platform: NodeJS.Platform) => string;
  understood: string;
  waitingTitle: (count: number) => string;
  /** `held`: how many of them are in memory only. */
  waitingText: (count: number, connection: Attention["connection"], held: number) => string;
  stay: string;
  quitNow: string;
  brokenTitle: string;
  brokenText: string;
  tryAgain: string;
  copyDiagnostics: string;
  copied: string;
  hangingTitle: string;
  hangingText: string;
  keepWaiting: string;
  /** The data folder cannot be used at all. */
  folderFault: Record<"notAFolder" | "notThere", (folder: string) => string>;
  inUse: (folder: string) => string;
  startFailed: string;
  readOnlyTitle: string;
  readOnlyText: (folder: string) => string;
}

const fr: ShellWording = {
  file: "Fichier",
  edit: "Édition",
  view: "Affichage",
  window: "Fenêtre",
  help: "Aide",
  about: "À propos de Parvis",
  newMessage: "Nouveau message",
  detach: "Ouvrir dans sa propre fenêtre",
  goTo: "Aller à…",
  settings: "Réglages…",
  account: "Mon compte…",
  downloads: "Téléchargements",
  lock: "Verrouiller Parvis",
  closeWindow: "Fermer la fenêtre",
  quit: "Quitter Parvis",
  services: "Services",
  hide: "Masquer Parvis",
  hideOthers: "Masquer les autres",
  unhide: "Tout afficher",
  undo: "Annuler",
  redo: "Rétablir",
  cut: "Couper",
  copy: "Copier",
  paste: "Coller",
  pasteAsText: "Coller sans mise en forme",
  delete: "Supprimer",
  selectAll: "Tout sélectionner",
  find: "Rechercher dans la page…",
  actualSize: "Taille réelle",
  zoomIn: "Agrandir",
  zoomOut: "Réduire",
  fullScreen: "Plein écran",
  reload: "Recharger",
  developerTools: "Outils de développement",
  minimize: "Réduire la fenêtre",
  zoom: "Réduire ou agrandir",
  front: "Tout ramener au premier plan",
  shortcuts: "Raccourcis clavier",
  noSuggestion: "Aucune suggestion",
  addToDictionary: "Ajouter au dictionnaire",
  openLink: "Ouvrir le lien",
  copyLink: "Copier l’adresse du lien",
  copyImage: "Copier l’image",
  saveImage: "Enregistrer l’image…",
  trayTitle: "Parvis reste ouvert en arrière-plan",
  trayText: (platform) =>
    `La fenêtre se ferme, mais les messages et les notifications continuent d’arriver. Retrouvez Parvis par son icône ${
      platform === "win32" ? "près de l’horloge, dans la barre des tâches" : "dans la zone de notification"
    } ; on y trouve aussi « Quitter Parvis ». Les réglages permettent de changer ce choix.`,
  understood: "J’ai compris",
  waitingTitle: (count) => (count === 1 ? "1 envoi attend encore" : `${count} envois attendent encore`),
  waitingText: (count, connection, held) =>
    [
      ...(connection === "connected" ? [] : ["Le réseau ne répond pas."]),
      ...(held === 0
        ? []
        : [
            held === 1
              ? "Une réponse à une notification n’est qu’en mémoire, car le coffre des secrets est verrouillé : quitter la perd."
              : `${held} réponses à des notifications ne sont qu’en mémoire, car le coffre des secrets est verrouillé : quitter les perd.`,
          ]),
      ...(count === held
        ? []
        : [
            count === 1
              ? "Il est conservé sur ce poste et partira au prochain démarrage de Parvis."
              : held > 0
                ? "Le reste est conservé sur ce poste et partira au prochain démarrage de Parvis."
                : "Ils sont conservés sur ce poste et partiront au prochain démarrage de Parvis.",
          ]),
    ].join(" "),
  stay: "Rester",
  quitNow: "Quitter",
  brokenTitle: "Parvis n’arrive pas à s’afficher",
  brokenText:
    "La page s’est arrêtée plusieurs fois de suite. Rien n’est perdu : vos messages et ce qui attend d’être envoyé sont sur ce poste. Si cela recommence, transmettez le diagnostic à votre assistance.",
  tryAgain: "Réessayer",
  copyDiagnostics: "Copier le diagnostic",
  copied: "Diagnostic copié",
  hangingTitle: "Parvis ne répond plus",
  hangingText: "La fenêtre peut être rechargée. Rien de ce qui a été envoyé n’est perdu.",
  keepWaiting: "Attendre encore",
  folderFault: {
    notAFolder: (folder) =>
      `Parvis garde ses données dans un dossier, mais ${folder} n’en est pas un. Indiquez un autre emplacement avec --data, ou demandez à votre assistance.`,
    notThere: (folder) =>
      `Le dossier ${folder}, où Parvis garde ses données, n’existe pas et ne peut pas être créé. Vérifiez que le disque ou le partage est accessible, ou demandez à votre assistance.`,
  },
  inUse: (folder) =>
    `Un autre programme utilise déjà le dossier ${folder}, peut-être Parvis dans le navigateur. Fermez-le, puis ouvrez Parvis de nouveau.`,
  startFailed: "Parvis n’a pas pu démarrer. Voici le détail pour votre assistance :",
  readOnlyTitle: "Parvis ne peut rien enregistrer",
  readOnlyText: (folder) =>
    `Le dossier ${folder} est en lecture seule. Parvis fonctionne, mais oubliera réglages, comptes et cache quand il se fermera. Demandez à votre assistance de rendre ce dossier accessible en écriture.`,
};

const en: ShellWording = {
  file: "File",
  edit: "Edit",
  view: "View",
  window: "Window",
  help: "Help",
  about: "About Parvis",
  newMessage: "New message",
  detach: "Open in its own window",
  goTo: "Go to…",
  settings: "Settings…",
  account: "My account…",
  downloads: "Downloads",
  lock: "Lock Parvis",
  closeWindow: "Close window",
  quit: "Quit Parvis",
  services: "Services",
  hide: "Hide Parvis",
  hideOthers: "Hide others",
  unhide: "Show all",
  undo: "Undo",
  redo: "Redo",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  pasteAsText: "Paste without formatting",
  delete: "Delete",
  selectAll: "Select all",
  find: "Find in page…",
  actualSize: "Actual size",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fullScreen: "Full screen",
  reload: "Reload",
  developerTools: "Developer tools",
  minimize: "Minimize",
  zoom: "Zoom",
  front: "Bring all to front",
  shortcuts: "Keyboard shortcuts",
  noSuggestion: "No suggestion",
  addToDictionary: "Add to dictionary",
  openLink: "Open link",
  copyLink: "Copy link address",
  copyImage: "Copy image",
  saveImage: "Save image…",
  trayTitle: "Parvis stays open in the background",
  trayText: (platform) =>
    `The window closes, but messages and notifications keep coming. You will find Parvis by its icon ${
      platform === "win32" ? "near the clock, on the taskbar" : "in the notification area"
    }; “Quit Parvis” is there too. The settings let you change this.`,
  understood: "Got it",
  waitingTitle: (count) =>
    count === 1 ? "1 thing is still waiting to be sent" : `${count} things are still waiting to be sent`,
  waitingText: (count, connection, held) =>
    [
      ...(connection === "connected" ? [] : ["The network does not answer."]),
      ...(held === 0
        ? []
        : [
            held === 1
              ? "One reply to a notification is in memory only, because the secret store is locked: quitting loses it."
              : `${held} replies to notifications are in memory only, because the secret store is locked: quitting loses them.`,
          ]),
      ...(count === held
        ? []
        : [
            count === 1
              ? "It is kept on this machine and goes the next time Parvis starts."
              : held > 0
                ? "The rest is kept on this machine and goes the next time Parvis starts."
                : "They are kept on this machine and go the next time Parvis starts.",
          ]),
    ].join(" "),
  stay: "Stay",
  quitNow: "Quit",
  brokenTitle: "Parvis cannot be shown",
  brokenText:
    "The page stopped several times in a row. Nothing is lost: your messages, and what waits to be sent, are on this machine. If it happens again, give the diagnostics to your help desk.",
  tryAgain: "Try again",
  copyDiagnostics: "Copy diagnostics",
  copied: "Diagnostics copied",
  hangingTitle: "Parvis does not answer",
  hangingText: "The window can be loaded again. Nothing that was sent is lost.",
  keepWaiting: "Keep waiting",
  folderFault: {
    notAFolder: (folder) =>
      `Parvis keeps its data in a folder, but ${folder} is not one. Name another place with --data, or ask your help desk.`,
    notThere: (folder) =>
      `The folder ${folder}, where Parvis keeps its data, does not exist and cannot be made. Check that the disk or share can be reached, or ask your help desk.`,
  },
  inUse: (folder) =>
    `Another program already uses the folder ${folder}, perhaps Parvis in the browser. Close it, then open Parvis again.`,
  startFailed: "Parvis could not start. This is the detail for your help desk:",
  readOnlyTitle: "Parvis cannot save anything",
  readOnlyText: (folder) =>
    `The folder ${folder} is read-only. Parvis works, but forgets settings, accounts and cache when it closes. Ask your help desk to make this folder writable.`,
};

export type ShellLanguage = "fr" | "en";

/** By the setting, else by the system's language; English where there is no translation. */
export function shellLanguage(language: Settings["language"], locale: string): ShellLanguage {
  return /^fr\b/i.test(language === "system" ? locale : language) ? "fr" : "en";
}

export function shellWording(language: ShellLanguage): ShellWording {
  return language === "fr" ? fr : en;
}
