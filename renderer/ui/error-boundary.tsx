import { Component, type ReactNode } from "react";
import type { Problem } from "#contract/problem.ts";

interface ErrorBoundaryProps {
  children: ReactNode;
  /** What stands in the place of the part that failed. */
  fallback: (problem: Problem, reset: () => void) => ReactNode;
}

/** Keeps a fault of one part (or a part that could not be loaded) from emptying the window. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { problem: Problem | null }> {
  override state: { problem: Problem | null } = { problem: null };

  static getDerivedStateFromError(error: unknown): { problem: Problem } {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      problem: { type: "about:blank", kind: "unavailable", title: "A part of the window failed", detail },
    };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    return problem === null
      ? this.props.children
      : this.props.fallback(problem, () => this.setState({ problem: null }));
  }
}
