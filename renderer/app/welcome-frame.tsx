import type { ReactNode } from "react";
import logoUrl from "../ui/icon.svg?url";
import "./welcome.css";

/** The quiet page around signing in, unlocking and what cannot go on. */
export function WelcomeFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="welcome">
      <div className="welcome__box">
        <div className="welcome__brand">
          <img src={logoUrl} alt="" width={32} height={32} />
          <span>Parvis</span>
        </div>
        <h1 className="welcome__title">{title}</h1>
        {children}
      </div>
    </main>
  );
}
