import { DetailedError, Upload } from "tus-js-client";
import { remember, type Waiting } from "./memory";

const PIECE = 512 * 1024;
const PATIENCE = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];
const A_WHILE = 60_000;

export interface Sending {
  giveUp(): void;
}

export interface Progress {
  progress(share: number): void;
  waits(): void;
  done(reference: string): void;
  refused(words: string): void;
}

/** Sends a file in pieces. What breaks is gone on with by itself, from where it broke, also after a reload. */
export function upload(waiting: Waiting, form: HTMLFormElement, told: Progress): Sending {
  const token = form.querySelector<HTMLInputElement>("input[name=csrf_token]")?.value ?? "";
  let given = false;
  let reference = "";
  const sending = new Upload(waiting.file, {
    endpoint: form.dataset.uploads ?? "",
    uploadUrl: waiting.address ?? null,
    chunkSize: PIECE,
    retryDelays: PATIENCE,
    storeFingerprintForResuming: false,
    headers: { "X-CSRFToken": token },
    metadata: { filename: waiting.file.name },
    onUploadUrlAvailable: () => void remember({ ...waiting, address: sending.url ?? "" }),
    onProgress: (sent, all) => told.progress(all ? sent / all : 1),
    onAfterResponse: (_request, response) => {
      reference = decodeURIComponent(response.getHeader("Upload-Reference") ?? "") || reference;
    },
    onShouldRetry: (error) => isPassing(error),
    onSuccess: () => {
      given = true;
      if (reference) told.done(reference);
      else told.refused("");
    },
    onError: (error) => {
      if (given) return;
      if (!isPassing(error)) return told.refused(words(error));
      told.waits();
      onceOnlineOrAfter(A_WHILE, () => given || sending.start());
    },
  });
  sending.start();
  return {
    giveUp: () => {
      if (given) return;
      given = true;
      void sending.abort(true).catch(() => undefined);
    },
  };
}

function onceOnlineOrAfter(delay: number, goOn: () => void): void {
  const first = new AbortController();
  const once = (): void => {
    if (first.signal.aborted) return;
    first.abort();
    goOn();
  };
  window.addEventListener("online", once, { signal: first.signal });
  setTimeout(once, delay);
}

/** Whether it is the network or a busy server, rather than the file. */
function isPassing(error: Error): boolean {
  const status = statusOf(error);
  return status === 0 || status === 409 || status === 423 || status >= 500;
}

function words(error: Error): string {
  const told = error instanceof DetailedError ? (error.originalResponse?.getBody() ?? "") : "";
  return told.length < 200 && !told.startsWith("<") ? told : "";
}

function statusOf(error: Error): number {
  return error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
}
