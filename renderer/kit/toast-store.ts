import { create } from "zustand";

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action?: { label: string; run: () => void };
  /** For the help desk; offered as a copy. */
  detail?: string;
}

interface ToastState {
  toasts: readonly Toast[];
  /** Last sentence for screen readers, said politely. */
  announcement: string;
  show: (toast: Omit<Toast, "id">, durationMs?: number) => () => void;
  dismiss: (id: number) => void;
  announce: (text: string) => void;
}

let nextId = 1;

export const useToasts = create<ToastState>((set, get) => ({
  toasts: [],
  announcement: "",
  show: (toast, durationMs = 8000) => {
    const id = nextId++;
    set((state) => ({ toasts: [...state.toasts.slice(-2), { ...toast, id }] }));
    setTimeout(() => get().dismiss(id), durationMs);
    return () => get().dismiss(id);
  },
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
  announce: (announcement) => set({ announcement }),
}));
