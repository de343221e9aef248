/** Why no sound can be recorded here. */
export type Refusal = "unsupported" | "refused" | "none" | "busy";

export interface Recording {
  /** How loud it is now, from 0 to 1. */
  level: () => number;
  /** Milliseconds so far. */
  elapsedMs: () => number;
  stop: () => Promise<{ sound: Blob; durationMs: number }>;
  /** Lets go of the microphone and of what was recorded. */
  cancel: () => void;
}

/** Opus in WebM where there is a choice: small, and played by every browser of today. */
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4", "audio/webm"];

const REASONS: Record<string, Refusal> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
};

/** Begins to record from the microphone; asks the person first, through the browser or the system. */
export async function startRecording(): Promise<Recording | Refusal> {
  // Absent where the page may not ask at all, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined || typeof MediaRecorder === "undefined") return "unsupported";
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (mimeType === undefined) return "unsupported";
  try {
    const stream = await devices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    return record(stream, mimeType);
  } catch (error) {
    if (error instanceof DOMException) return REASONS[error.name] ?? "refused";
    throw error;
  }
}

function record(stream: MediaStream, mimeType: string): Recording {
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
  const meter = createMeter(stream);
  const parts: Blob[] = [];
  const startedMs = performance.now();
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  recorder.start(1000);
  const release = () => {
    meter.close();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    level: meter.level,
    elapsedMs: () => performance.now() - startedMs,
    stop: () =>
      new Promise((resolve) => {
        const durationMs = Math.round(performance.now() - startedMs);
        recorder.addEventListener("stop", () => {
          release();
          // Without its parameters: what is sent is a file of that type.
          const type = mimeType.split(";")[0] ?? mimeType;
          resolve({ sound: new Blob(parts, { type }), durationMs });
        });
        recorder.stop();
      }),
    cancel: () => {
      if (recorder.state !== "inactive") recorder.stop();
      release();
    },
  };
}

function createMeter(stream: MediaStream): { level: () => number; close: () => void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 4);
    },
    close: () => void context.close(),
  };
}
