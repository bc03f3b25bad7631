/* idb.mjs – IndexedDB with promises: what pages on a telephone keep until it is wiped. Every write is one transaction and
 * is awaited before an answer is shown: a telephone whose battery dies has lost nothing. */

export const asked = (request) => new Promise((good, bad) => {
	request.onsuccess = () => good(request.result);
	request.onerror = () => bad(request.error);
});
export const ended = (tx) => new Promise((good, bad) => {
	tx.oncomplete = () => good();
	tx.onabort = tx.onerror = () => bad(tx.error);
});

/* make(db) creates what the first version holds. */
export function openBase(name, version, make) {
	const request = indexedDB.open(name, version);
	request.onupgradeneeded = () => make(request.result);
	return asked(request);
}
