import { useCallback, useEffect, useRef, useState } from "react";
import type { ArticleView } from "#contract/views/feed.ts";
import { deskScope, type Scope } from "#contract/scope.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { argsOf, formOf, isSameForm, type ArticleForm } from "./article-form.ts";

const SAVE_AFTER_MS = 2000;

export interface ArticleSaving {
  form: ArticleForm;
  change: (changes: Partial<ArticleForm>) => void;
  /** Everything written stands on this machine. */
  isSaved: boolean;
  /** Writes down what is not yet; whether it could be. */
  save: () => Promise<boolean>;
  /** Counts the texts taken from elsewhere: fields that hold a text of their own begin anew. */
  turn: number;
  scope: Scope;
}

/**
 * The fields of an article, written down a moment after each change as a save made from the version that they began
 * with. What was changed elsewhere is taken in while nothing here is unsaved; otherwise the save conflicts and both
 * texts are shown.
 */
export function useArticleSaving(id: string, view: ArticleView | null, empty: ArticleForm): ArticleSaving {
  const { write, mine } = useWriter();
  const [form, setForm] = useState(() => (view === null ? empty : formOf(view.article)));
  const [saved, setSaved] = useState(form);
  const [version, setVersion] = useState(view?.article.version ?? 0);
  const [turn, setTurn] = useState(0);
  const scope = view === null || view.isMine ? mine : deskScope(view.article.spaceId);
  const isSaved = isSameForm(form, saved);

  const isFailed = view?.pending?.status === "conflict" || view?.pending?.status === "rejected";
  if (view !== null && isSaved && !isFailed && view.article.version !== version) {
    const theirs = formOf(view.article);
    setVersion(view.article.version);
    if (!isSameForm(theirs, form)) {
      setForm(theirs);
      setSaved(theirs);
      setTurn(turn + 1);
    }
  }

  const save = useCallback(async () => {
    if (isSameForm(form, saved)) return true;
    setSaved(form);
    setVersion(version + 1);
    const isKept = await write("article.save", scope, {
      id,
      ...argsOf(form),
      ...(version === 0 ? {} : { baseVersion: version }),
    });
    if (isKept) return true;
    setSaved(saved);
    setVersion(version);
    return false;
  }, [form, saved, version, scope, id, write]);

  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  }, [save]);
  useEffect(() => {
    if (isSaved) return undefined;
    const timer = setTimeout(() => void save(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isSaved, save]);
  useEffect(() => {
    const flush = () => void latest.current();
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, []);

  return {
    form,
    change: (changes) => setForm((before) => ({ ...before, ...changes })),
    isSaved,
    save,
    turn,
    scope,
  };
}
