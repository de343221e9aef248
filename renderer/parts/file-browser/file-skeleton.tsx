import type { FileView } from "./file-entry.ts";

/** The shape of files before they are known. */
export function FileSkeleton({ view, label }: { view: FileView; label: string }) {
  return (
    <div className={`file-skeleton file-skeleton--${view}`} role="status" aria-label={label}>
      {Array.from({ length: view === "grid" ? 8 : 6 }, (_, index) => (
        <span key={index} className="file-skeleton__line" aria-hidden />
      ))}
    </div>
  );
}
