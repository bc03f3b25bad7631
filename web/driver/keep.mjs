/* keep.mjs – what the driver's telephone keeps until the way is over: the route of a waybill and the acts.
 *
 * routes: {waybill, text (the route as it came), asked}; acts: {waybill, nonce, …act, said (without names),
 * sent, answer, stored}. What was sent
 * keeps neither the receiver's name nor the signature: both lie sealed on the server. */
import { asked, ended, openBase } from '../phone/idb.mjs';

const NAME = 'shanyraq-driver', VERSION = 1;

export async function openKeep() {
	return new Keep(await openBase(NAME, VERSION, (db) => {
		db.createObjectStore('routes', { keyPath: 'waybill' });
		db.createObjectStore('acts', { keyPath: ['waybill', 'nonce'] });
	}));
}

const ofWaybill = (waybill) => IDBKeyRange.bound([waybill], [waybill, []]);

/* What stays of an act once the server has it. */
export const thin = (act) => ({ ...act, receiver: undefined, signature: undefined });

class Keep {
	constructor(db) {
		this.db = db;
		this.left = false; /* wiped by hand: an answer still on its way keeps nothing any more */
	}
	route(waybill) {
		return asked(this.db.transaction('routes').objectStore('routes').get(waybill));
	}
	async keepRoute(row) {
		if (this.left) return;
		const tx = this.db.transaction('routes', 'readwrite');
		tx.objectStore('routes').put(row);
		await ended(tx);
	}
	acts(waybill) {
		return asked(this.db.transaction('acts').objectStore('acts').getAll(ofWaybill(waybill)));
	}
	async keepActs(rows) {
		if (this.left) return;
		const tx = this.db.transaction('acts', 'readwrite', { durability: 'strict' });
		for (const r of rows) tx.objectStore('acts').put(r.sent ? thin(r) : r);
		await ended(tx);
	}
	/* The route, and of the acts those that were sent: what waits is never wiped. */
	async wipe(waybill) {
		const tx = this.db.transaction(['routes', 'acts'], 'readwrite'), acts = tx.objectStore('acts');
		tx.objectStore('routes').delete(waybill);
		for (const a of await asked(acts.getAll(ofWaybill(waybill))))
			if (a.sent) acts.delete([waybill, a.nonce]);
		await ended(tx);
	}
	/* Routes that nobody asked for again since `before`: gone, with what was sent of them. */
	async wipeOld(before) {
		const rows = await asked(this.db.transaction('routes').objectStore('routes').getAll());
		for (const r of rows) if (r.asked < before) await this.wipe(r.waybill);
		return rows.filter((r) => r.asked < before).map((r) => r.waybill);
	}
}
