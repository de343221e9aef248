import type { AccountId, OpenTarget } from "#contract/bridge.ts";
import { conversationIdSchema } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import type { NoticesOptions } from "./account-notices.ts";
import { tagOf } from "./notice-context.ts";

export interface NoticeRepliesOptions extends Pick<NoticesOptions, "notifier" | "manner" | "onError"> {
  open: (target?: OpenTarget) => Promise<void>;
}

/** Says what became of an answer that did not simply leave. Said also where notifications are off: the person acted. */
export class NoticeReplies {
  readonly #options: NoticeRepliesOptions;

  constructor(options: NoticeRepliesOptions) {
    this.#options = options;
  }

  /** It is a draft of its conversation now. */
  async sayRefused(refused: { accountId: AccountId; conversationId: string; reason: string }): Promise<void> {
    const { accountId, conversationId, reason } = refused;
    const { wording } = await this.#options.manner();
    const link = formatLink({
      kind: "conversation",
      conversationId: conversationIdSchema.parse(conversationId),
    });
    this.#show({
      title: wording.replyRefused,
      body: wording.replyKept(reason),
      tag: tagOf(accountId, `refused ${conversationId}`),
      target: { accountId, link },
    });
  }

  /** In memory only, until somebody unlocks the secret store. */
  async sayHeld(): Promise<void> {
    const { wording } = await this.#options.manner();
    this.#show({ title: wording.replyHeld, body: wording.replyHeldText, tag: "parvis-reply-held" });
  }

  async sayGone(accountId: AccountId): Promise<void> {
    const { wording } = await this.#options.manner();
    this.#show({ title: wording.replyRefused, body: wording.replyGone, tag: tagOf(accountId, "gone") });
  }

  #show({ target, ...words }: { title: string; body: string; tag: string; target?: OpenTarget }): void {
    const { notifier, onError, open } = this.#options;
    notifier.show({
      ...words,
      onClick: () => {
        open(target).catch(onError);
      },
    });
  }
}
