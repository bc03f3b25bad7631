/* core.test.mjs – the door's logic under node: any order, any repetition, any split of scans between devices ends
 * in one state; tickets, names, frames. A failing case of chance prints its seed (SEED=n repeats it). */
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import test from 'node:test';
import * as core from '../../web/door/core.mjs';
import { checkSignature } from '../../web/door/signature.mjs';

const RUNS = 300;
const seed0 = Number(process.env.SEED ?? Date.now() % 1e9);
function chance(seed) {
	let x = seed >>> 0;
	return (n) => { /* mulberry32 */
		x = (x + 0x6d2b79f5) >>> 0;
		let t = Math.imul(x ^ (x >>> 15), x | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) % n;
	};
}
const shuffled = (list, r) => {
	const a = [...list];
	for (let i = a.length - 1; i > 0; i--) {
		const k = r(i + 1);
		[a[i], a[k]] = [a[k], a[i]];
	}
	return a;
};

/* ---- a house of its own ---- */

const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
	format: 'der', type: 'pkcs8' });
const raw = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
function ticketText(event, ticket, day) {
	const p = Buffer.alloc(21);
	p[0] = 1;
	p.writeBigUInt64BE(BigInt(event), 1);
	p.writeBigUInt64BE(BigInt(ticket), 9);
	p.writeUInt32BE(day, 17);
	return core.toCrockford(Buffer.concat([p, sign(null, Buffer.concat([Buffer.from('shanyraq-ticket-1'), p]), key)]));
}
const NOW = Date.parse('2026-11-30T10:00:00+05:00');
const roster = (more = {}) => {
	const tickets = [{ id: 5, code: 'K7QM2T9X', name: 'Ұлдай Ө.', state: 'valid', came: 0, in: false },
		{ id: 6, code: '00000006', name: 'Петр С.', state: 'revoked', reason: '', came: 0, in: false }];
	return { event: 41, first_day: '2026-11-30', last_day: '2026-11-30', state: 'planned', tickets,
		byId: new Map(tickets.map((t) => [t.id, t])), byCode: new Map(tickets.map((t) => [t.code, t.id])), ...more };
};
const empty = () => core.reduce([]);

/* ---- tickets ---- */

test('a ticket in all its dresses', () => {
	const text = ticketText(41, 5, 20261130);
	assert.equal(text.length, 136);
	for (const t of [text, text.toLowerCase(), ` ${text} `, `HTTPS://HOUSE.EXAMPLE/T/${text}`, `https://h:8443/t/${text}`]) {
		const got = core.readInput(t);
		assert.deepEqual([got.ticket.event, got.ticket.ticket, got.ticket.day, got.text], [41, 5, 20261130, text]);
		assert.equal(core.verifyTicket(got.ticket, raw, checkSignature), true);
	}
	assert.equal(core.judge(roster(), core.readInput(text), 'in', empty(), NOW, true), null);
});

test('ids above 2^32 keep all their digits', () => {
	const big = 3 * 10 ** 12 + 17;
	assert.equal(core.readInput(ticketText(big, big + 1, 20261130)).ticket.ticket, big + 1);
});

test('forged, cut, of another event, of yesterday, revoked', () => {
	const text = ticketText(41, 5, 20261130);
	for (let i = 0; i < 136; i += 9) {
		const other = text[i] === '0' ? '1' : '0';
		const got = core.readInput(text.slice(0, i) + other + text.slice(i + 1));
		assert.ok(got.bad !== undefined || !core.verifyTicket(got.ticket, raw, checkSignature), `symbol ${i}`);
	}
	assert.ok(core.readInput(text.slice(0, 135)).bad);
	const reason = (t, good = true, r = roster()) => core.judge(r, core.readInput(t), 'in', empty(), NOW, good)?.reason;
	assert.equal(reason(text.slice(0, 100)), 'invalid');
	assert.equal(reason(text, false), 'invalid');
	assert.equal(reason(ticketText(42, 5, 20261130)), 'wrong_event');
	assert.equal(reason(ticketText(41, 98, 20261129)), 'wrong_day');
	assert.equal(reason(ticketText(41, 5, 20261129)), undefined, 'the list knows it: the event was moved');
	const night = Date.parse('2026-12-01T01:30:00+05:00'), noon = Date.parse('2026-12-01T12:00:00+05:00');
	assert.equal(core.judge(roster(), core.readInput(text), 'in', empty(), night, true), null, 'after midnight');
	assert.equal(core.judge(roster(), core.readInput(text), 'in', empty(), noon, true).reason, 'wrong_day');
	assert.equal(reason(ticketText(41, 6, 20261130)), 'revoked');
	assert.equal(reason(text, true, roster({ state: 'cancelled' })), 'cancelled');
	assert.equal(reason(text, true, roster({ first_day: '2026-12-01', last_day: '2026-12-01' })), 'wrong_day');
	assert.equal(reason(ticketText(41, 99, 20261130)), undefined, 'signed after the list was cached');
});

test('short codes as people write them; names stay names', () => {
	for (const t of ['K7QM-2T9X', 'k7qm2t9x', 'K7QM 2T9X']) assert.equal(core.readInput(t).code, 'K7QM2T9X');
	assert.equal(core.readInput('oooo-iill').code, '00001111');
	assert.equal(core.readInput('Ұлдай').name, 'Ұлдай');
	assert.equal(core.readInput('Margaret').name, 'Margaret');
	assert.deepEqual(core.readInput('   '), {});
});

test('letters that are typed for each other', () => {
	const rows = ['Ұлдай Өтегенова', 'Ғалым Қайрат', 'Пётр Щукин', 'Әлия Іңкәр'].map((name) => ({ name, folded: core.fold(name) }));
	const find = (q) => core.searchNames(rows, q, 10).map((r) => r.name);
	assert.deepEqual(find('улдаи отеген'), ['Ұлдай Өтегенова']);
	assert.deepEqual(find('ГАЛЫМ'), ['Ғалым Қайрат']);
	assert.deepEqual(find('шукин петр'), ['Пётр Щукин']);
	assert.deepEqual(find('алия инкар'), ['Әлия Іңкәр']);
	assert.deepEqual(find('лия'), [], 'words from their beginning');
	assert.deepEqual(find('  '), []);
});

/* ---- scans ---- */

const day = Date.parse('2026-11-30T04:00:00Z');
const fake = (r, i) => core.uuid(Array.from({ length: 16 }, (_, k) => (k === 15 ? i & 255 : k === 14 ? i >> 8 : r(256))));
function evening(r) {
	const list = [];
	const n = 1 + r(60);
	for (let i = 0; i < n; i++) {
		const undo = list.length > 0 && r(8) === 0;
		const s = { nonce: fake(r, i), at: new Date(day + r(40) * 1000).toISOString(), device: 'ABCD'[r(4)],
			kind: undo ? 'undo' : r(3) === 0 ? 'out' : 'in' };
		if (undo) s.undo = list[r(list.length)].nonce;
		else if (r(9) === 0) s.guest = `Қонақ ${r(3)}`;
		else if (r(9) === 0) s.person = r(4) + 1;
		else s.code = ['K7QM2T9X', '00000006', '00000007'][r(3)];
		list.push(s);
	}
	return list;
}
const plain = (s) => JSON.stringify([[...s.who].sort(), [...s.result].sort(), [...s.undone].sort()]);

test('any order, any repetition, any split between devices: one state', () => {
	const codes = roster().byCode;
	for (let run = 0; run < RUNS; run++) {
		const r = chance(seed0 + run), all = evening(r);
		const want = plain(core.reduce(all, codes));
		const devices = Array.from({ length: 1 + r(4) }, () => new Map());
		for (const s of shuffled([...all, ...all.filter(() => r(3) === 0)], r)) core.mergeScans(devices[r(devices.length)], [s]);
		/* devices meet in pairs, some twice, until one of them has met all */
		for (let k = 0; k < 6; k++) core.mergeScans(devices[r(devices.length)], devices[r(devices.length)].values());
		const last = new Map();
		for (const d of shuffled(devices, r)) core.mergeScans(last, shuffled([...d.values()], r));
		assert.equal(plain(core.reduce(last.values(), codes)), want, `SEED=${seed0 + run}`);
	}
});

test('the property can fail: a rule that looks at the order of coming is found out', () => {
	const naive = (scans) => {
		const inside = new Map();
		for (const s of scans) if (s.kind !== 'undo') inside.set(core.subject(s, new Map()), s.kind === 'in');
		return JSON.stringify([...inside].sort());
	};
	let found = 0;
	for (let run = 0; run < 50; run++) {
		const r = chance(seed0 + run), all = evening(r);
		if (naive(all) !== naive(shuffled(all, r))) found++;
	}
	assert.ok(found > 0);
});

test('two entries: the earlier counts, whichever came first', () => {
	const a = { nonce: core.uuid(new Uint8Array(16)), at: '2026-11-30T10:04:00+05:00', kind: 'in', code: 'K7QM2T9X', device: 'A' };
	const b = { ...a, nonce: core.uuid(new Uint8Array(16).fill(1)), at: '2026-11-30T05:05:00Z', device: 'B' };
	for (const list of [[a, b], [b, a]]) {
		const s = core.reduce(list, roster().byCode);
		assert.deepEqual(s.result.get(b.nonce), { result: 'refused', reason: 'already_in', at: Date.parse(a.at) });
		assert.deepEqual(core.tally(s.who), { came: 1, inside: 1 });
	}
	const u = { nonce: core.uuid(new Uint8Array(16).fill(2)), at: b.at, kind: 'undo', undo: a.nonce, device: 'A' };
	assert.equal(core.reduce([u, b, a], roster().byCode).result.get(b.nonce).result, 'done', 'after the first is undone');
	const out = { ...a, nonce: core.uuid(new Uint8Array(16).fill(3)), kind: 'out', at: '2026-11-30T10:05:30+05:00' };
	const again = { ...a, nonce: core.uuid(new Uint8Array(16).fill(4)), at: '2026-11-30T10:09:00+05:00' };
	const s = core.reduce([again, out, a], roster().byCode);
	assert.equal(s.result.get(again.nonce).result, 'done', 're-entry');
	assert.equal(s.who.get('t5').came, Date.parse(a.at), 'came once, at the first');
});

test('one nonce, two contents: both are kept, the same one stands everywhere', () => {
	const a = { nonce: core.uuid(new Uint8Array(16)), at: '2026-11-30T05:00:00Z', kind: 'in', code: 'K7QM2T9X', device: 'A' };
	const b = { ...a, kind: 'out' };
	const one = new Map(), two = new Map();
	const c = core.mergeScans(one, [a, b, a]);
	core.mergeScans(two, [b, a]);
	assert.equal(c.get(a.nonce).size, 2);
	assert.deepEqual(one, two);
});

test('what another device hands over is looked at', () => {
	const good = { nonce: core.uuid(new Uint8Array(16)), at: '2026-11-30T05:00:00Z', kind: 'in', code: 'K7QM2T9X', device: 'A' };
	assert.ok(core.isScan(good));
	for (const bad of [null, 5, {}, { ...good, nonce: 'x' }, { ...good, at: 'never' }, { ...good, kind: 'maybe' }, { ...good, guest: 'b' },
		{ ...good, code: '' }, { ...good, code: 'x'.repeat(301) }, { ...good, kind: 'undo' }, { ...good, code: { a: 1 } }]) assert.ok(!core.isScan(bad));
});

test('batches and patience', () => {
	const r = chance(1);
	const many = Array.from({ length: 1201 }, (_, i) => ({ nonce: fake(r, i), at: '2026-11-30T05:00:00Z', kind: 'in', code: 'K7QM2T9X' }));
	assert.deepEqual(core.batches(many).map((b) => b.length), [500, 500, 201]);
	assert.deepEqual(core.batches([]), []);
	assert.equal(core.backoff(1, 0.5), 2000);
	assert.ok(core.backoff(30, 1) <= 150000);
	assert.deepEqual(Object.keys(core.bare({ ...many[0], sent: true, via: 'file' })).sort(), ['at', 'code', 'kind', 'nonce']);
});

/* ---- frames ---- */

test('frames in any order, with repetitions, rubbish and a broken one between', () => {
	assert.equal(core.toBase45(new TextEncoder().encode('Hello!!')), '%69 VD92EX0');
	for (let run = 0; run < 40; run++) {
		const r = chance(seed0 + run);
		const bytes = Uint8Array.from({ length: r(4000) }, () => r(256));
		const frames = core.makeFrames(bytes);
		assert.ok(frames.every((f) => f.length < 500 && core.isFrame(f)) || bytes.length === 0);
		if (bytes.length === 0) continue;
		let g = null;
		for (const f of shuffled([...frames, ...frames, 'SQ1:nothing', 'K7QM-2T9X'], r)) g = core.takeFrame(g, f);
		assert.deepEqual(g.bytes, bytes, `SEED=${seed0 + run}`);
	}
	const frames = core.makeFrames(new Uint8Array(700).fill(9));
	let g = null;
	for (const f of frames) g = core.takeFrame(g, f.replace(/.$/, '0'));
	assert.equal(g.bytes, null, 'a broken part is not believed');
	for (const f of frames) g = core.takeFrame(g, f);
	assert.equal(g.bytes.length, 700);
});

test('letters of Crockford', () => {
	const r = chance(9);
	for (let n = 0; n < 90; n++) {
		const b = Uint8Array.from({ length: n }, () => r(256));
		const text = core.toCrockford(b);
		if (n * 8 % 5 === 0) assert.deepEqual(core.crockford(text), b);
	}
	assert.equal(core.crockford('U'), null);
});
