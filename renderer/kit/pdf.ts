import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from "pdfjs-dist";
// oxlint-disable-next-line import/default -- the bundler makes a worker of it, with a default export
import PdfWorker from "pdfjs-dist/build/pdf.worker.min.mjs?worker";

/** The one place that knows the PDF reader. Loaded when the first PDF is looked at. */
export interface OpenPdf {
  pages: number;
  /** Draws a page at this many pixels across; its text is for those who do not see it. */
  draw: (page: number, canvas: HTMLCanvasElement, width: number) => Promise<string>;
  close: () => void;
}

/** Decoders for scanned pages, as plain scripts: the policy allows no WebAssembly. Put there by the build. */
const DECODERS = "/pdf-decoders/";
/** A page larger than this is drawn smaller: a canvas has a limit. */
const LARGEST_SIDE = 4096;

/** @throws Error when it cannot be read; `PasswordException` for one that is locked */
export async function openPdf(url: string): Promise<OpenPdf> {
  // The worker comes from our own origin, as a file of its own.
  GlobalWorkerOptions.workerPort ??= new PdfWorker();
  const loading = getDocument({
    url,
    useWasm: false,
    wasmUrl: new URL(DECODERS, location.href).href,
    enableXfa: false,
    // What is not looked at is not read: a large file is read page by page.
    disableAutoFetch: true,
  });
  const pdf = await loading.promise;
  return {
    pages: pdf.numPages,
    draw: (page, canvas, width) => drawPage(pdf, page, canvas, width),
    close: () => void loading.destroy(),
  };
}

async function drawPage(
  pdf: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<string> {
  const page = await pdf.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const density = Math.min(2, devicePixelRatio);
  const scale = Math.min(
    (width * density) / natural.width,
    LARGEST_SIDE / natural.width,
    LARGEST_SIDE / natural.height,
  );
  const viewport = page.getViewport({ scale });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  canvas.style.setProperty("width", `${Math.round(width)}px`);
  await page.render({ canvas, viewport }).promise;
  const { items } = await page.getTextContent();
  return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
}
