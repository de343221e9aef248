import { createRoot } from "react-dom/client";

/** The least that a React page can be: the floor of memory and of first paint. */
const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<main>Bonjour</main>);
