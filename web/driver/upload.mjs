/* upload.mjs – between the driver's telephone and the server: the route out, the acts in. Each act has its number: sent twice it
 * is there once. */
import { bareAct, loads } from './left.mjs';
import { ask, detailOf, Sender } from '../phone/wire.mjs';

export class Upload extends Sender {
	/* told: {waiting() → acts to send, answered(results by nonce), state('on' | 'off' | 'shut', status, sentence)} */
	constructor(waybill, csrf, told) {
		super(csrf, told);
		this.waybill = waybill;
	}
	/* {status, text, asked, detail (the sentence of a refusal)}; null = no network. */
	async route() {
		const asked = Date.now();
		try {
			const r = await ask(`/driver/${this.waybill}/route`);
			const shut = r.type === 'opaqueredirect' || !r.ok;
			this.say(shut ? 'shut' : 'on', r.status);
			return { asked, status: r.status, text: shut ? '' : await r.text(), detail: shut ? await detailOf(r) : '' };
		} catch {
			this.say('off');
			return null;
		}
	}
	loads() {
		return loads(this.told.waiting());
	}
	post(load) {
		const now = new Date().toISOString();
		return ask(`/driver/${this.waybill}/acts`, { method: 'POST', body: JSON.stringify({ acts: load.map(bareAct), now }),
			headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': this.csrf } }, 60000);
	}
	async sendLoad(load) {
		let r = await this.post(load);
		if (r.status === 403 && await this.freshToken()) r = await this.post(load);
		if (!r.ok) {
			this.say('shut', r.status, await detailOf(r));
			return false;
		}
		const { results } = await r.json();
		this.say('on');
		await this.told.answered(new Map(results.map((x) => [x.nonce, x])));
		return true;
	}
}
