/* sync.mjs – between the device and the server: the list, what changed since, and the scans that wait.
 *
 * The network is never asked whether it is there; it is tried. Uploads go one at a time, in batches of at most five
 * hundred, and after a failure again with growing patience, at once when the browser says that it is back. */
import { backoff, bare, batches } from './core.mjs';

const ANSWER_MS = 2500, UPLOAD_MS = 20000, NEWS_MS = 8000;

async function ask(url, options = {}, ms = UPLOAD_MS) {
	const stop = new AbortController(), t = setTimeout(() => stop.abort(), ms);
	try {
		return await fetch(url, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', ...options, signal: stop.signal });
	} finally {
		clearTimeout(t);
	}
}

/* The sentence of an error (RFC 9457), in the reader's language. */
async function detailOf(answer) {
	try {
		return (await answer.json()).detail ?? '';
	} catch {
		return '';
	}
}

export class Sync {
	/* told: {waiting() → scans to send, answered(results by nonce), state('on' | 'off' | 'shut', status, sentence), news(data, when it was asked)} */
	constructor(event, csrf, told) {
		Object.assign(this, { event, csrf, told, failures: 0, timer: null, running: null, again: false, online: false, seq: 0 });
		window.addEventListener('online', () => this.kick(true));
		window.addEventListener('offline', () => this.say('off'));
		document.addEventListener('visibilitychange', () => !document.hidden && this.kick(true));
		setInterval(() => !document.hidden && this.news(), NEWS_MS);
	}
	say(state, why, detail = '') {
		this.online = state === 'on';
		this.told.state(state, why, detail);
	}
	/* {status: 200, text, etag} | {status: 304} | null = no network; 401, 403: shut. */
	async roster(etag) {
		const asked = Date.now();
		try {
			const r = await ask(`/door/${this.event}/roster`, etag ? { headers: { 'If-None-Match': etag } } : {});
			this.say(r.ok || r.status === 304 ? 'on' : 'shut', r.status);
			return { asked, status: r.status, text: r.ok ? await r.text() : '', etag: r.headers.get('ETag') };
		} catch {
			this.say('off');
			return null;
		}
	}
	async news() {
		if (this.seq === null || this.running !== null) return;
		const asked = Date.now();
		try {
			const r = await ask(`/door/${this.event}/since?n=${this.seq}`, {}, ANSWER_MS * 2);
			if (r.status === 404) this.seq = null; /* nothing to ask here: the whole list comes now and then */
			else if (r.ok) {
				const data = await r.json();
				this.seq = data.n ?? this.seq;
				this.say('on');
				this.told.news(data, asked);
			} else this.say('shut', r.status);
			if (this.failures > 0 || this.told.waiting().length > 0) this.kick(true);
		} catch {
			this.say('off');
		}
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
		for (const batch of batches(this.told.waiting())) {
			try {
				if (!(await this.sendBatch(batch))) {
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
	async post(batch) {
		return ask(`/door/${this.event}/scans`, { method: 'POST', body: JSON.stringify({ scans: batch.map(bare), queued: this.told.waiting().length }),
			headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': this.csrf } });
	}
	async sendBatch(batch) {
		let r = await this.post(batch);
		if (r.status === 403 && await this.freshToken()) r = await this.post(batch);
		if (r.status === 422) return this.sendApart(batch);
		if (!r.ok) {
			this.say('shut', r.status, await detailOf(r));
			return false;
		}
		const { results } = await r.json();
		this.say('on');
		await this.told.answered(new Map(results.map((x) => [x.nonce, x])));
		return true;
	}
	/* One of them is nothing that the server can read: it must not hold up the others. */
	async sendApart(batch) {
		if (batch.length === 1) {
			await this.told.answered(new Map([[batch[0].nonce, { nonce: batch[0].nonce, result: 'refused', reason: 'invalid' }]]));
			return true;
		}
		for (const s of batch) if (!(await this.sendBatch([s]))) return false;
		return true;
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
export { ANSWER_MS };
