/** What stands in the form now, without files: those that were uploaded are named by their references. */
export function answersIn(form: HTMLFormElement): URLSearchParams {
  const answers = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") answers.append(name, value);
  return answers;
}

/** Bytes that a browser still sends once the page is gone. */
const MOST_KEPT_ALIVE = 60_000;

/** Sends what stands in the form, for a few words in return. */
export async function send(form: HTMLFormElement, address: string, signal?: AbortSignal): Promise<Response> {
  const body = answersIn(form);
  const keepalive = body.toString().length < MOST_KEPT_ALIVE;
  const request = { method: "POST", body, headers: { "X-Quietly": "yes" }, keepalive };
  return fetch(address, signal ? { ...request, signal } : request);
}

/** Calls a function once nothing has happened for a while. */
export function onceQuiet(milliseconds: number, act: () => void): () => void {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(act, milliseconds);
  };
}
