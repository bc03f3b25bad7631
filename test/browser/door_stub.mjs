/* door_stub.mjs – the real binary with the door's data played before it: /door/{event}/roster, since and scans are
 * answered here by web/door/core.mjs's own rule for any number of tickets, all else goes through. For looking at the
 * page and for its speed with thousands of tickets; what the binary itself answers is tested in door.mjs. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { gzipSync } from 'node:zlib';
import * as core from '../../web/door/core.mjs';
import { checkSignature } from '../../web/door/signature.mjs';

const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 9)]),
	format: 'der', type: 'pkcs8' });
const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);

export function ticketText(event, ticket, day) {
	const p = Buffer.alloc(21);
	p[0] = 1;
	p.writeBigUInt64BE(BigInt(event), 1);
	p.writeBigUInt64BE(BigInt(ticket), 9);
	p.writeUInt32BE(day, 17);
	return core.toCrockford(Buffer.concat([p, sign(null, Buffer.concat([Buffer.from('shanyraq-ticket-1'), p]), key)]));
}

const NAMES = ['Ұлдай Өтегенова', 'Ғалым Қайратұлы', 'Әлия Іңкәрбек', 'Петр Ильин', 'Жансая Һамитова', 'Nurlan Sadyq'];
export const codeOf = (id) => core.toCrockford(new Uint8Array([7, 0, (id >> 16) & 255, (id >> 8) & 255, id & 255]));

/* tls: folder D.tls; behind: port of the binary's HTTPS. → {port, stop, scans} */
export async function stub({ tls, behind, event, tickets, today }) {
	const scans = new Map(), conflicts = new Map();
	const list = Array.from({ length: tickets }, (_, i) => ({ id: i + 1, code: codeOf(i + 1), name: `${NAMES[i % 6]} ${i + 1}`,
		state: i === 1 ? 'revoked' : 'valid', reason: null, came: 0, in: false }));
	const byCode = new Map(list.map((t) => [t.code, t.id])), byId = new Map(list.map((t) => [t.id, t]));
	const frame = { event, first_day: today, last_day: today, state: 'planned' };
	const roster = () => {
		const state = core.reduce(scans.values(), byCode);
		for (const t of list) {
			const s = state.who.get(`t${t.id}`);
			Object.assign(t, { came: s?.came ?? 0, in: s?.in ?? false });
		}
		return JSON.stringify({ event, name: { kk: 'Достық кеші', ru: 'Вечер дружбы', en: 'Evening of friendship' }, first_day: today,
			last_day: today, state: 'planned', at: Date.now(), key: raw.toString('base64'), tickets: list, persons: [], n: scans.size,
			limits: ['Желі жоқта қайтарып алынған билет өтіп кетуі мүмкін.'] });
	};
	const take = (body) => JSON.stringify({ results: JSON.parse(body).scans.map((s) => {
		const input = s.ticket ? core.readInput(s.ticket) : s;
		const good = input.ticket !== undefined && core.verifyTicket(input.ticket, raw, checkSignature);
		const found = s.kind === 'undo' ? null : core.judge({ ...frame, byId, byCode }, input, 'in', core.reduce([]), Date.parse(s.at), good);
		if (found !== null) return { nonce: s.nonce, result: 'refused', reason: found.reason };
		const again = scans.has(s.nonce), other = again && core.content(scans.get(s.nonce)) !== core.content(s);
		core.mergeScans(scans, [s], conflicts);
		const state = core.reduce(scans.values(), byCode), r = state.result.get(s.nonce);
		const row = byId.get(byCode.get(s.code));
		if (s.code && row === undefined) return { nonce: s.nonce, result: 'refused', reason: 'invalid' };
		return { nonce: s.nonce, result: other ? 'conflict' : again ? 'duplicate' : r.result, reason: r.reason, at: r.at && new Date(r.at).toISOString() };
	}) });
	const it = { slow: 0 }; /* milliseconds before an upload is answered */
	const server = https.createServer({ key: readFileSync(`${tls}/server.key`), cert: readFileSync(`${tls}/server.crt`) }, (rq, rs) => {
		const parts = [];
		rq.on('data', (d) => parts.push(d));
		rq.on('end', () => {
			const at = rq.url.split('?')[0], body = Buffer.concat(parts);
			const json = (text) => {
				rs.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
				rs.end(gzipSync(text));
			};
			if (at === `/door/${event}/roster`) return json(roster());
			if (at === `/door/${event}/since`) return json(JSON.stringify({ n: scans.size, at: Date.now(), tickets: [] }));
			if (at === `/door/${event}/scans`) return setTimeout(() => json(take(body)), it.slow);
			const on = https.request({ host: '127.0.0.1', port: behind, path: rq.url, method: rq.method, headers: rq.headers,
				rejectUnauthorized: false }, (r) => {
				rs.writeHead(r.statusCode, r.headers);
				r.pipe(rs);
			});
			on.on('error', () => rs.destroy());
			on.end(body);
			return undefined;
		});
	});
	await new Promise((go) => server.listen(0, '127.0.0.1', go));
	return Object.assign(it, { port: server.address().port, scans, stop: () => (server.closeAllConnections(), server.close()) });
}
