/* sync.mjs – between the device and the server: the list, what changed since, and the scans that wait.
 *
 * Uploads go in batches of at most five hundred. */
import { bare, batches } from './core.mjs';
import { ANSWER_MS, ask, detailOf, Sender } from '../phone/wire.mjs';

const NEWS_MS = 8000;

export class Sync extends Sender {
	/* told: {waiting() → scans to send, answered(results by nonce), state('on' | 'off' | 'shut', status, sentence), news(data, when it was asked)} */
	constructor(event, csrf, told) {
		super(csrf, told);
		Object.assign(this, { event, seq: 0 });
		setInterval(() => !document.hidden && this.news(), NEWS_MS);
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
	loads() {
		return batches(this.told.waiting());
	}
	async post(batch) {
		return ask(`/door/${this.event}/scans`, { method: 'POST', body: JSON.stringify({ scans: batch.map(bare), queued: this.told.waiting().length }),
			headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': this.csrf } });
	}
	async sendLoad(batch) {
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
		for (const s of batch) if (!(await this.sendLoad([s]))) return false;
		return true;
	}
}
