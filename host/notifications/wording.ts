import type { NotificationKind } from "#contract/entities/notification.ts";
import type { Settings } from "#contract/settings.ts";

/** What notifications say, in the languages of the interface. */
export interface Wording {
  newMessage: string;
  newMessages: (count: number) => string;
  /** Title of a notice that stands for several messages of one conversation; `isMixed`: not all by this person. */
  grouped: (name: string, count: number, isMixed: boolean) => string;
  newInvitation: string;
  attachment: (name: string) => string;
  addedToConversation: string;
  addedToSpace: (name: string) => string;
  /** What is not a message, in a few words before what it is about. */
  kinds: Record<Exclude<NotificationKind, "mention" | "direct" | "reply" | "comment" | "invitation">, string>;
  someone: string;
  everyone: string;
  updateReady: (version: string) => string;
  installNow: string;
  reply: string;
  join: string;
  done: string;
  later: string;
  replyRefused: string;
  replyKept: (reason: string) => string;
  replyHeld: string;
  replyHeldText: string;
  replyGone: string;
  replyUnknown: string;
  replyUnknownText: (text: string) => string;
  copy: string;
  close: string;
  test: string;
}

const fr: Wording = {
  newMessage: "Nouveau message",
  newMessages: (count) => `${count} nouveaux messages`,
  grouped: (name, count, isMixed) => `${name}${isMixed ? " et d’autres" : ""} · ${count} messages`,
  newInvitation: "Nouvelle invitation",
  attachment: (name) => `Pièce jointe : ${name}`,
  addedToConversation: "Vous ajoute à une conversation",
  addedToSpace: (name) => `Vous ajoute à l’espace « ${name} »`,
  kinds: {
    spaceRequest: "Demande une communauté",
    joinRequest: "Demande à rejoindre la communauté",
    review: "Propose un article à relire",
    report: "Signale un contenu",
    decision: "Réponse à votre demande",
    mustRead: "À lire et à confirmer",
    reminder: "Rappel",
    share: "Partage un document avec vous",
    task: "Vous confie une tâche",
    taskDue: "Une tâche est à rendre aujourd’hui",
    taskNews: "A modifié une tâche que vous suivez",
    meeting: "Vous invite à une réunion",
    meetingNews: "Du nouveau sur une réunion",
    sendFailed: "Un message programmé n’est pas parti",
  },
  someone: "Quelqu’un",
  everyone: "@tous",
  updateReady: (version) => `La mise à jour ${version} est prête`,
  installNow: "Cliquez pour l’installer et redémarrer Parvis.",
  reply: "Répondre",
  join: "Rejoindre",
  done: "Marquer comme traité",
  later: "Dans une heure",
  replyRefused: "Votre réponse n’a pas été envoyée",
  replyKept: (reason) => `Le texte est gardé comme brouillon dans la conversation. ${reason}`,
  replyHeld: "Votre réponse attend",
  replyHeldText:
    "Le coffre des secrets est verrouillé : déverrouillez-le dans Parvis pour qu’elle parte. D’ici là, elle serait perdue si Parvis se fermait.",
  replyGone: "Le compte a été retiré de ce poste avant l’envoi.",
  replyUnknown: "Votre réponse n’est pas partie",
  replyUnknownText: (text) => `Parvis ne sait plus à quel message elle répond. Voici son texte :\n\n${text}`,
  copy: "Copier le texte",
  close: "Fermer",
  test: "Les notifications fonctionnent.",
};

const en: Wording = {
  newMessage: "New message",
  newMessages: (count) => `${count} new messages`,
  grouped: (name, count, isMixed) => `${name}${isMixed ? " and others" : ""} · ${count} messages`,
  newInvitation: "New invitation",
  attachment: (name) => `Attachment: ${name}`,
  addedToConversation: "Added you to a conversation",
  addedToSpace: (name) => `Added you to the space “${name}”`,
  kinds: {
    spaceRequest: "Asks for a community",
    joinRequest: "Asks to join the community",
    review: "Submits an article for review",
    report: "Reports something",
    decision: "Answer to your request",
    mustRead: "To read and confirm",
    reminder: "Reminder",
    share: "Shares a document with you",
    task: "Gave you a task",
    taskDue: "A task is due today",
    taskNews: "Changed a task you watch",
    meeting: "Invites you to a meeting",
    meetingNews: "News about a meeting",
    sendFailed: "A scheduled message was not sent",
  },
  someone: "Someone",
  everyone: "@everyone",
  updateReady: (version) => `Update ${version} is ready`,
  installNow: "Click to install it and restart Parvis.",
  reply: "Reply",
  join: "Join",
  done: "Mark as done",
  later: "In one hour",
  replyRefused: "Your reply was not sent",
  replyKept: (reason) => `The text is kept as a draft in the conversation. ${reason}`,
  replyHeld: "Your reply is waiting",
  replyHeldText:
    "The secret store is locked: unlock it in Parvis and it will be sent. Until then, it would be lost if Parvis closed.",
  replyGone: "The account was removed from this machine before it was sent.",
  replyUnknown: "Your reply was not sent",
  replyUnknownText: (text) => `Parvis no longer knows which message it answers. This is its text:\n\n${text}`,
  copy: "Copy the text",
  close: "Close",
  test: "Notifications work.",
};

/** By the setting, else by the system's language; English where there is no translation. */
export function wordingFor(language: Settings["language"], locale: string): Wording {
  const tag = language === "system" ? locale : language;
  return /^fr\b/i.test(tag) ? fr : en;
}
