/* wire.mjs – between a page on a telephone and the server: asking with a limit of patience, and a queue that is sent.
 *
 * The network is never asked whether it is there; it is tried. Uploads go one at a time and after a failure again with
 * growing patience, at once when the browser says that it is back. */
import { backoff } from '../door/core.mjs';

export const ANSWER_MS = 2500, UPLOAD_MS = 20000;

export async function ask(url, options = {}, ms = UPLOAD_MS) {
	const stop = new AbortController(), t = setTimeout(() => stop.abort(), ms);
	try {
		return await fetch(url, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', ...options, signal: stop.signal });
	} finally {
		clearTimeout(t);
	}
}

/* The sentence of an error (RFC 9457), in the reader's language. */
export async function detailOf(answer) {
	try {
		return (await answer.json()).detail ?? '';
	} catch {
		return '';
	}
}

/* This page's worker, and the page past it, so that both are there without network. */
export async function worker() {
	if (!('serviceWorker' in navigator)) return;
	try {
		await navigator.serviceWorker.register(document.body.dataset.sw, { scope: document.body.dataset.scope });
		await navigator.serviceWorker.ready;
		if (!navigator.serviceWorker.controller)
			await new Promise((go) => navigator.serviceWorker.addEventListener('controllerchange', go, { once: true }));
		/* This page was loaded before the worker stood there: past it once, so that it is kept. */
		await fetch(location.pathname, { credentials: 'same-origin' });
		document.body.dataset.offline = 'ready';
	} catch {
		document.body.dataset.offline = 'none';
	}
}

/* The heir cuts what waits into loads() and sends one by sendLoad(): false = refused, what is thrown = no network. */
export class Sender {
	/* told: {waiting() → what is to be sent, state('on' | 'off' | 'shut', status, sentence)} */
	constructor(csrf, told) {
		Object.assign(this, { csrf, told, failures: 0, timer: null, running: null, again: false, online: false });
		window.addEventListener('online', () => this.kick(true));
		window.addEventListener('offline', () => this.say('off'));
		document.addEventListener('visibilitychange', () => !document.hidden && this.kick(true));
	}
	say(state, why, detail = '') {
		this.online = state === 'on';
		this.told.state(state, why, detail);
	}
	/* Send what waits, now or after the patience that failures have earned. */
	kick(now = false) {
		if (now) this.failures = Math.min(this.failures, 1);
		clearTimeout(this.timer);
		if (this.running !== null) {
			this.again = true;
			return this.running;
		}
		this.running = this.send().finally(() => {
			this.running = null;
			if (this.again || (this.failures > 0 && this.told.waiting().length > 0)) {
				const wait = this.failures === 0 ? 0 : backoff(this.failures, crypto.getRandomValues(new Uint8Array(1))[0] / 255);
				this.again = false;
				this.timer = setTimeout(() => this.kick(), wait);
			}
		});
		return this.running;
	}
	async send() {
		for (const load of this.loads()) {
			try {
				if (!(await this.sendLoad(load))) {
					this.failures++;
					return;
				}
			} catch {
				this.failures++;
				this.say('off');
				return;
			}
			this.failures = 0;
		}
	}
	/* A page from the device's own copy holds a token of another session: ask for today's. */
	async freshToken() {
		const r = await ask(location.pathname, { headers: { 'X-Fresh': '1' } });
		if (!r.ok || r.type === 'opaqueredirect') return false;
		const page = new DOMParser().parseFromString(await r.text(), 'text/html');
		const token = page.body.dataset.csrf;
		const other = token !== undefined && token !== this.csrf;
		if (other) this.csrf = token;
		return other;
	}
}

/* The promise's value, or `other` after ms. */
export const within = (promise, ms, other) => Promise.race([promise, new Promise((go) => setTimeout(go, ms, other))]);
