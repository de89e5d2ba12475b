// IndexedDB. What is written is on the disk when the promise resolves.

const STORES = ["kept", "keys", "recordings", "chunks"];
let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("calepin", 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
    asked.onsuccess = () => {
      asked.result.onclose = () => (opening = undefined);
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => {
      opening = undefined;
      reject(asked.error);
    };
  });
  return opening;
}

/** One transaction: `work` gets the stores and may return a request, whose result is the answer. */
export async function within(names, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    // Strict: a battery that dies must not take with it what was only in memory.
    const transaction = database.transaction(names, mode, { durability: "strict" });
    let request;
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
    request = work(...names.map((name) => transaction.objectStore(name)));
  });
}

export const get = (store, key) => within([store], "readonly", (it) => it.get(key));
export const all = (store, range) => within([store], "readonly", (it) => it.getAll(range));
export const put = (store, key, value) => within([store], "readwrite", (it) => it.put(value, key));
export const clear = (store) => within([store], "readwrite", (it) => it.clear());
