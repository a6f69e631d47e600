/** A shelf in this browser for things that have not reached the server yet, each under the value of its key.
 *
 * A browser that keeps nothing, as in a private window, is no failure: then there is nothing on the shelf. */
export interface Shelf<T> {
  put(thing: T): Promise<void>;
  take(key: string): Promise<T | undefined>;
  all(): Promise<T[]>;
  drop(key: string): Promise<void>;
}

export function shelf<T>(database: string, name: string, key: string): Shelf<T> {
  async function within<R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<R | undefined> {
    try {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(name, { keyPath: key });
      const opened = await answered<IDBDatabase>(request);
      const answer = await answered<R>(act(opened.transaction(name, mode).objectStore(name)));
      opened.close();
      return answer;
    } catch {
      return undefined;
    }
  }

  return {
    put: async (thing) => void (await within("readwrite", (store) => store.put(thing))),
    take: (at) => within<T>("readonly", (store) => store.get(at)),
    all: async () => (await within<T[]>("readonly", (store) => store.getAll())) ?? [],
    drop: async (at) => void (await within("readwrite", (store) => store.delete(at))),
  };
}

function answered<R>(request: IDBRequest): Promise<R> {
  return new Promise((give, fail) => {
    request.onsuccess = () => give(request.result as R);
    request.onerror = () => fail(request.error);
  });
}
