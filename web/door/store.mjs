/* store.mjs – what the device keeps: lists of events and scans, in IndexedDB, until they are wiped.
 *
 * events: {event, text (the list as it came), etag, last_day, fetched, seq}; scans: {event, nonce, …scan, seen (when
 * this device met it), via ('own', 'frames', 'file'), sent (the server has answered), answer}. */

import { asked, ended, openBase } from '../phone/idb.mjs';

const NAME = 'shanyraq-door', VERSION = 1;

export async function openStore() {
	return new Store(await openBase(NAME, VERSION, (db) => {
		db.createObjectStore('events', { keyPath: 'event' });
		db.createObjectStore('scans', { keyPath: ['event', 'nonce'] });
		db.createObjectStore('device');
	}));
}

const ofEvent = (event) => IDBKeyRange.bound([event], [event, []]);

class Store {
	constructor(db) {
		this.db = db;
		this.wiped = false;
	}
	async device(draw) {
		const tx = this.db.transaction('device', 'readwrite'), all = tx.objectStore('device');
		let name = await asked(all.get('name'));
		if (name === undefined) all.put(name = draw(), 'name');
		await ended(tx);
		return name;
	}
	event(event) {
		return asked(this.db.transaction('events').objectStore('events').get(event));
	}
	async keepEvent(row) {
		if (this.wiped) return;
		const tx = this.db.transaction('events', 'readwrite');
		tx.objectStore('events').put(row);
		await ended(tx);
	}
	scans(event) {
		return asked(this.db.transaction('scans').objectStore('scans').getAll(ofEvent(event)));
	}
	async keepScans(rows) {
		if (this.wiped) return;
		const tx = this.db.transaction('scans', 'readwrite', { durability: 'strict' });
		for (const r of rows) tx.objectStore('scans').put(r);
		await ended(tx);
	}
	/* Everything of one event; the scans that were not sent stay with keepUnsent. Without it the page is left: an answer
	 * that was still on its way keeps nothing any more. */
	async wipe(event, keepUnsent) {
		if (!keepUnsent) this.wiped = true;
		const tx = this.db.transaction(['events', 'scans'], 'readwrite');
		tx.objectStore('events').delete(event);
		const scans = tx.objectStore('scans');
		if (!keepUnsent) scans.delete(ofEvent(event));
		else
			for (const s of await asked(scans.getAll(ofEvent(event))))
				if (s.sent) scans.delete([event, s.nonce]);
		await ended(tx);
	}
	/* Lists of events whose last day was before evening(now) ("2026-11-30"): gone. What was not sent waits on; once it
	 * is sent, it goes as well, since nothing is left here that would lead to it. */
	async wipeOver(evening, now) {
		const rows = await asked(this.db.transaction('events').objectStore('events').getAll());
		const day = evening(now), over = rows.filter((r) => r.last_day < day);
		for (const r of over) await this.wipe(r.event, true);
		const listed = new Set(rows.filter((r) => r.last_day >= day).map((r) => r.event));
		const tx = this.db.transaction('scans', 'readwrite'), scans = tx.objectStore('scans');
		for (const s of await asked(scans.getAll()))
			if (s.sent && !listed.has(s.event) && evening(Date.parse(s.at)) < day) scans.delete([s.event, s.nonce]);
		await ended(tx);
		return over.map((r) => r.event);
	}
}
