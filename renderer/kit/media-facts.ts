/** What a file says of itself before it is sent: the room its picture takes, how long it lasts, a small picture of it. */
export interface MediaFacts {
  width?: number;
  height?: number;
  durationMs?: number;
  thumbnail?: Blob;
}

const THUMBNAIL_WIDTH = 640;
const THUMBNAIL_HEIGHT = 1280;
/** Below this a picture is its own thumbnail. */
const SMALL_BYTES = 60_000;
/** A picture larger than that is not opened to be made small: it would take the window's memory. */
const LARGEST_PICTURE_BYTES = 80_000_000;
const PATIENCE_MS = 8000;

/** SVG is not among them: it is a program as much as a picture. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"]);

export function isPicture(mediaType: string | undefined): boolean {
  return mediaType !== undefined && PICTURES.has(mediaType);
}

/** Never fails: a file that cannot be read as what it claims to be is sent without these facts. */
export async function readMediaFacts(file: Blob): Promise<MediaFacts> {
  if (isPicture(file.type) && file.size <= LARGEST_PICTURE_BYTES) return readPicture(file);
  if (/^(?:audio|video)\//.test(file.type)) return readSound(file);
  return {};
}

async function readPicture(file: Blob): Promise<MediaFacts> {
  let bitmap: ImageBitmap;
  try {
    // Turned as its EXIF says: what is measured here is what will be seen.
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    // Not a picture, or a broken one: it goes as a file.
    if (error instanceof DOMException) return {};
    throw error;
  }
  const { width, height } = bitmap;
  const scale = Math.min(1, THUMBNAIL_WIDTH / width, THUMBNAIL_HEIGHT / height);
  const isSmall = scale === 1 && file.size <= SMALL_BYTES;
  const thumbnail = isSmall ? null : await drawSmall(bitmap, scale);
  bitmap.close();
  return { width, height, ...(thumbnail === null || thumbnail.size >= file.size ? {} : { thumbnail }) };
}

async function drawSmall(bitmap: ImageBitmap, scale: number): Promise<Blob | null> {
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext("2d");
  if (context === null) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const webp = await canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
  if (webp.type === "image/webp") return webp;
  // A browser that cannot write WebP answers with PNG, which would be no smaller than the picture.
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
}

function readSound(file: Blob): Promise<MediaFacts> {
  const element = document.createElement(file.type.startsWith("video/") ? "video" : "audio");
  const url = URL.createObjectURL(file);
  return new Promise((resolve) => {
    const finish = (facts: MediaFacts) => {
      clearTimeout(timer);
      element.removeAttribute("src");
      URL.revokeObjectURL(url);
      resolve(facts);
    };
    const timer = setTimeout(() => finish({}), PATIENCE_MS);
    element.preload = "metadata";
    element.addEventListener("loadedmetadata", () => finish(factsOf(element)));
    element.addEventListener("error", () => finish({}));
    element.src = url;
  });
}

function factsOf(element: HTMLMediaElement): MediaFacts {
  const durationMs = Math.round(element.duration * 1000);
  return {
    ...(Number.isFinite(durationMs) ? { durationMs } : {}),
    ...(element instanceof HTMLVideoElement && element.videoWidth > 0
      ? { width: element.videoWidth, height: element.videoHeight }
      : {}),
  };
}
