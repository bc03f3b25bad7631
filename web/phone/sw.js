/* sw.js – a page without network. Before this text the server writes SHELL: the name of its cache, which paths are its
 * pages, and the addresses of their parts, each with its content's hash, so that a new version of the house is a new
 * text and is fetched whole.
 * Pages: the network first, for two and a half seconds, then the copy; where SHELL says so (refused) the copy also when
 * the server refuses the page, since only the copy can wipe what it keeps and show what was not sent. Parts: the copy.
 * Lists and scans: never, they are the page's own business. A page that asks to sign in is none of them and is not kept. */
/* global SHELL */
const CACHE = `${SHELL.name}-${SHELL.key}`;
const PATIENCE_MS = 2500;

self.addEventListener('install', (e) => e.waitUntil((async () => {
	await (await caches.open(CACHE)).addAll(SHELL.parts);
	await self.skipWaiting();
})()));

self.addEventListener('activate', (e) => e.waitUntil((async () => {
	for (const name of await caches.keys()) {
		if (name === CACHE || !name.startsWith(`${SHELL.name}-`)) continue;
		const old = await caches.open(name), now = await caches.open(CACHE);
		for (const r of await old.keys()) /* pages that were visited stay reachable after an update */
			if (isPage(new URL(r.url))) await now.put(r, await old.match(r));
		await caches.delete(name);
	}
	await self.clients.claim();
})()));

const PAGE = new RegExp(SHELL.page);
const isPage = (url) => PAGE.test(url.pathname);

async function page(request, url) {
	const cache = await caches.open(CACHE);
	const stop = new AbortController(), t = setTimeout(() => stop.abort(), PATIENCE_MS);
	try {
		const answer = await fetch(request, { signal: stop.signal });
		if (answer.ok && !answer.redirected) await cache.put(url.pathname, answer.clone());
		return (SHELL.refused && (answer.status === 403 || answer.status === 404) && await cache.match(url.pathname)) || answer;
	} catch (e) {
		const kept = await cache.match(url.pathname);
		if (kept !== undefined) return kept;
		throw e;
	} finally {
		clearTimeout(t);
	}
}

self.addEventListener('fetch', (e) => {
	const url = new URL(e.request.url);
	if (e.request.method !== 'GET' || url.origin !== self.location.origin) return;
	if (isPage(url) && !e.request.headers.has('X-Fresh')) e.respondWith(page(e.request, url));
	else if (url.pathname.startsWith('/static/'))
		e.respondWith((async () => (await caches.match(e.request)) ?? fetch(e.request))());
});

/* The page wiped what it kept: its kept shell goes, too. */
self.addEventListener('message', (e) => {
	if (typeof e.data?.forget === 'string')
		e.waitUntil((async () => (await caches.open(CACHE)).delete(e.data.forget))());
});
