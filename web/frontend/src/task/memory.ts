/** Remembers files that are on their way, so that they go on after the page was closed or loaded anew. */
export interface Waiting {
  id: string;
  owner: string;
  question: string;
  file: File;
  since: number;
  address?: string;
}

const STORE = "waiting";
const TWO_DAYS = 48 * 3600 * 1000;

export async function remember(waiting: Waiting): Promise<void> {
  await inStore("readwrite", (store) => store.put(waiting));
}

export async function forget(id: string): Promise<void> {
  await inStore("readwrite", (store) => store.delete(id));
}

/** What is remembered still; what is too old to be resumed is forgotten. */
export async function remembered(): Promise<Waiting[]> {
  const all = (await inStore<Waiting[]>("readonly", (store) => store.getAll())) ?? [];
  const old = all.filter((each) => Date.now() - each.since > TWO_DAYS);
  for (const each of old) await forget(each.id);
  return all.filter((each) => !old.includes(each));
}

/** A browser that keeps nothing, as in a private window, is no failure: the upload goes on while the page is open. */
async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
  try {
    const database = await opened();
    const answer = await answered<T>(act(database.transaction(STORE, mode).objectStore(STORE)));
    database.close();
    return answer;
  } catch {
    return undefined;
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open("lookback-uploads", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  return answered(request);
}

function answered<T>(request: IDBRequest): Promise<T> {
  return new Promise((give, fail) => {
    request.onsuccess = () => give(request.result as T);
    request.onerror = () => fail(request.error);
  });
}
