import type { Post } from "#contract/entities/message.ts";
import type { DemoCover } from "./cover-ids.ts";
import { fieldPosts } from "./posts-field.ts";
import { housePosts } from "./posts-house.ts";

export interface DemoComment {
  who: string;
  text: string;
  /** After the post, or after the comment that it answers. */
  minutesAfter: number;
  /** Place in the list of the comment that it answers. */
  replyTo?: number;
  likes?: string[];
}

export interface DemoPost {
  /** Key of the space on whose wall it stands. */
  space: string;
  who: string;
  hoursAgo: number;
  kind: Post["kind"];
  title?: string;
  summary?: string;
  cover?: DemoCover;
  sections?: string[];
  isMustRead?: boolean;
  /** Those who have said that they have read it. */
  acknowledgedBy?: string[];
  isPinned?: boolean;
  text: string;
  likes?: string[];
  poll?: { question: string; options: string[]; isMultiple?: boolean; votes: Record<string, number[]> };
  comments?: DemoComment[];
  /** Place in the comments of the one that answers the question. */
  answer?: number;
}

/** What stands on the walls of the demonstration. `@handle` names a person. */
export const demoPosts: readonly DemoPost[] = [...housePosts, ...fieldPosts];
