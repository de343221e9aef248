import type { Article } from "#contract/entities/article.ts";
import type { Attachment } from "#contract/entities/message.ts";
import type { BlobId, SpaceId } from "#contract/ids.ts";
import type { IsoTime } from "#contract/time.ts";

/** What its author writes of an article, as the fields hold it. `body` as it travels. */
export interface ArticleForm {
  spaceId: SpaceId;
  kind: "article" | "blog";
  title: string;
  summary: string;
  cover: BlobId | null;
  body: string;
  sections: readonly string[];
  isMustRead: boolean;
  attachments: readonly Attachment[];
  publishAt: IsoTime | null;
}

export function emptyForm(spaceId: SpaceId): ArticleForm {
  return {
    spaceId,
    kind: "article",
    title: "",
    summary: "",
    cover: null,
    body: "",
    sections: [],
    isMustRead: false,
    attachments: [],
    publishAt: null,
  };
}

export function formOf({ spaceId, post, body, attachments, publishAt }: Article): ArticleForm {
  return {
    spaceId,
    kind: post.kind,
    title: post.title ?? "",
    summary: post.summary ?? "",
    cover: post.cover ?? null,
    body,
    sections: post.sections ?? [],
    isMustRead: post.isMustRead ?? false,
    attachments: attachments ?? [],
    publishAt: publishAt ?? null,
  };
}

/** The fields as `article.save` takes them: what is empty is not named. */
export function argsOf(form: ArticleForm) {
  const { kind, title, summary, cover, sections, isMustRead, attachments, publishAt } = form;
  return {
    spaceId: form.spaceId,
    post: {
      kind,
      ...(title.trim() === "" ? {} : { title: title.trim() }),
      ...(summary.trim() === "" ? {} : { summary: summary.trim() }),
      ...(cover === null ? {} : { cover }),
      ...(sections.length === 0 ? {} : { sections: [...sections] }),
      ...(isMustRead ? { isMustRead } : {}),
    },
    body: form.body.trim(),
    ...(attachments.length === 0 ? {} : { attachments: [...attachments] }),
    ...(publishAt === null ? {} : { publishAt }),
  };
}

export function isSameForm(a: ArticleForm, b: ArticleForm): boolean {
  return JSON.stringify(argsOf(a)) === JSON.stringify(argsOf(b));
}

/** A title, and a text or files: what the server asks of what is published. */
export function isPublishable({ title, body, attachments }: ArticleForm): boolean {
  return title.trim() !== "" && (body.trim() !== "" || attachments.length > 0);
}
