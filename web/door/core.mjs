/* core.mjs – what a device at the door thinks, without a device: no page, no network, no clock, no chance.
 *
 * Tickets are decoded and their signature is asked for; a scan is judged against the list that was cached; the
 * state of everybody is a function of the SET of scans, sorted by time and nonce, so that any order, any
 * repetition and any split between devices ends in the same state (the server counts by the same rule);
 * what waits is cut into batches; a set of scans becomes frames of QR codes and back.
 * test/browser/core.test.mjs holds it against its rules under node. */

/* ---- Crockford's base 32 and tickets ---- */

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const VALUE = new Map([...LETTERS].map((c, i) => [c, i]));
for (const [c, as] of [['I', '1'], ['L', '1'], ['O', '0']]) VALUE.set(c, VALUE.get(as));

export const TICKET_TEXT = 136, TICKET_BYTES = 85, PAYLOAD_BYTES = 21, CODE_TEXT = 8;

/* Bytes of n symbols, or null. Spaces and dashes are how people write. */
export function crockford(text) {
	const out = new Uint8Array(Math.floor(text.length * 5 / 8));
	let bits = 0, held = 0, at = 0;
	for (const c of text) {
		const v = VALUE.get(c);
		if (v === undefined) return null;
		held = (held << 5) | v;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			out[at++] = (held >> bits) & 255;
			held &= (1 << bits) - 1;
		}
	}
	return held === 0 ? out : null;
}

export function toCrockford(bytes) {
	let out = '', bits = 0, held = 0;
	for (const b of bytes) {
		held = (held << 8) | b;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			out += LETTERS[(held >> bits) & 31];
			held &= (1 << bits) - 1;
		}
	}
	return bits > 0 ? out + LETTERS[(held << (5 - bits)) & 31] : out;
}

function number(bytes, at, n) {
	let v = 0;
	for (let i = at; i < at + n; i++) v = v * 256 + bytes[i];
	return v;
}

/* {event, ticket, day, payload, signature} of 136 symbols, or null: not one of ours. Ids are below 2^53. */
export function decodeTicket(symbols) {
	if (symbols.length !== TICKET_TEXT) return null;
	const bytes = crockford(symbols);
	if (bytes === null || bytes[0] !== 1) return null;
	const event = number(bytes, 1, 8), ticket = number(bytes, 9, 8), day = number(bytes, 17, 4);
	if (!Number.isSafeInteger(event) || !Number.isSafeInteger(ticket) || event < 1 || ticket < 1) return null;
	return { event, ticket, day, payload: bytes.slice(0, PAYLOAD_BYTES), signature: bytes.slice(PAYLOAD_BYTES) };
}

const WORD = new TextEncoder().encode('shanyraq-ticket-1');

/* check(signature, message, key) of an Ed25519 library; anything that it throws is a no. */
export function verifyTicket(ticket, key, check) {
	const message = new Uint8Array(WORD.length + PAYLOAD_BYTES);
	message.set(WORD);
	message.set(ticket.payload, WORD.length);
	try {
		return check(ticket.signature, message, key) === true;
	} catch {
		return false;
	}
}

/* What was scanned or typed: {ticket, text} signed, {code} short, {bad} looks like a code and is none, or
 * {name}. The address of a ticket ends with /T/ and its symbols, in either case. */
export function readInput(raw) {
	const text = raw.trim();
	const link = /^https?:\/\/[^/?#]+\/t\/([^/?#]+)$/i.exec(text);
	const symbols = (link ? link[1] : text).toUpperCase().replace(/[\s-]/g, '');
	if (symbols.length === TICKET_TEXT || link) {
		const ticket = decodeTicket(symbols);
		if (ticket !== null) return { ticket, text: symbols };
		if (link && symbols.length === CODE_TEXT && isCode(symbols)) return { code: plainCode(symbols) };
		return { bad: text };
	}
	if (symbols.length === CODE_TEXT && isCode(symbols) && /\d|-/.test(text)) return { code: plainCode(symbols) };
	if (/^https?:/i.test(text) || (symbols.length > 40 && /^[0-9A-Z]+$/.test(symbols))) return { bad: text };
	return text === '' ? {} : { name: text, code: symbols.length === CODE_TEXT && isCode(symbols) ? plainCode(symbols) : undefined };
}

const isCode = (s) => [...s].every((c) => VALUE.has(c));
const plainCode = (s) => [...s].map((c) => LETTERS[VALUE.get(c)]).join('');
export const shownCode = (c) => `${c.slice(0, 4)}-${c.slice(4)}`;

/* ---- names ---- */

const ALIKE = new Map(Object.entries({ ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и',
	й: 'и', ё: 'е', ъ: '', ь: '', э: 'е', щ: 'ш' }));

/* Letters that people type for each other are one; anything else separates words. */
export function fold(name) {
	return [...name.normalize('NFC').toLowerCase()].map((c) => ALIKE.get(c) ?? c).join('')
		.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/* Rows of {folded} each of whose words begins like the question's, at most n. */
export function searchNames(rows, question, n) {
	const words = fold(question).split(' ').filter((w) => w !== '');
	const found = [];
	for (const r of rows) {
		if (found.length === n || words.length === 0) break;
		const have = r.folded.split(' ');
		if (words.every((w) => have.some((h) => h.startsWith(w)))) found.push(r);
	}
	return found;
}

/* ---- scans ---- */

/* The words of a scan that count as its content; a nonce with other content is a conflict. */
const CONTENT = ['at', 'code', 'device', 'guest', 'kind', 'nonce', 'person', 'ticket', 'undo'];

export function content(scan) {
	return JSON.stringify(CONTENT.map((k) => scan[k] ?? null));
}

/* Only what the server is sent: not what this device noted beside it. */
export function bare(scan) {
	return Object.fromEntries(CONTENT.filter((k) => scan[k] !== undefined && scan[k] !== null).map((k) => [k, scan[k]]));
}

const NONCE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/* Whether something that came from another device is a scan at all. */
export function isScan(s) {
	if (typeof s !== 'object' || s === null || !NONCE.test(s.nonce) || Number.isNaN(Date.parse(s.at))) return false;
	if (s.kind === 'undo') return NONCE.test(s.undo);
	const names = ['ticket', 'code', 'person', 'guest'].filter((k) => s[k] !== undefined && s[k] !== null);
	return (s.kind === 'in' || s.kind === 'out') && names.length === 1 &&
		(typeof s[names[0]] === 'string' ? s[names[0]].length > 0 && s[names[0]].length <= 300
			: names[0] === 'person' && Number.isSafeInteger(s.person));
}

/* Union by nonce. Of two contents the smaller one stands, so the order of meeting does not matter; both are
 * in conflicts (nonce → contents). Adds to `into`, a Map nonce → scan. */
export function mergeScans(into, scans, conflicts = new Map()) {
	for (const s of scans) {
		const was = into.get(s.nonce);
		if (was === undefined) {
			into.set(s.nonce, s);
			continue;
		}
		const a = content(was), b = content(s);
		if (a === b) continue;
		if (!conflicts.has(s.nonce)) conflicts.set(s.nonce, new Set([a]));
		conflicts.get(s.nonce).add(b);
		if (b < a) into.set(s.nonce, s);
	}
	return conflicts;
}

/* Who a scan is about: "t12", "p7", "c…" a code that is not on the list, "g…" a guest, each for himself. */
export function subject(scan, byCode) {
	if (scan.ticket !== undefined && scan.ticket !== null) {
		const t = decodeTicket(String(scan.ticket));
		return t === null ? `x${scan.nonce}` : `t${t.ticket}`;
	}
	if (scan.code !== undefined && scan.code !== null) {
		const id = byCode.get(scan.code);
		return id === undefined ? `c${scan.code}` : `t${id}`;
	}
	if (scan.person !== undefined && scan.person !== null) return `p${scan.person}`;
	return `g${fold(scan.guest ?? '')}`;
}

const before = (a, b) => {
	const x = Date.parse(a.at), y = Date.parse(b.at);
	return x !== y ? x - y : a.nonce < b.nonce ? -1 : a.nonce > b.nonce ? 1 : 0;
};

/* State of everybody: {who: Map subject → {came, in, last}, result: Map nonce → {result, reason, at}, undone:
 * Set of nonces}. known: arrivals that the list brought along, Map subject → {came, in}; a scan that the server
 * has counted already must not stand in `scans` as well. A scan's `fact` is what the gate found against it (not part
 * of its content): it counts for nobody. */
export function reduce(scans, byCode = new Map(), known = new Map()) {
	const list = [...scans].sort(before);
	const undone = new Set(list.filter((s) => s.kind === 'undo').map((s) => s.undo));
	const who = new Map([...known].map(([k, v]) => [k, { came: v.came, in: v.in, last: v.came }]));
	const result = new Map();
	for (const s of list) {
		if (s.kind === 'undo') {
			result.set(s.nonce, { result: 'done' });
			continue;
		}
		const at = Date.parse(s.at), key = subject(s, byCode);
		if (undone.has(s.nonce)) {
			result.set(s.nonce, { result: 'done', undone: true });
			continue;
		}
		if (s.fact) {
			result.set(s.nonce, { result: 'refused', reason: s.fact });
			continue;
		}
		const state = who.get(key) ?? { came: 0, in: false, last: 0 };
		who.set(key, state);
		if (s.kind === 'in' && state.in) result.set(s.nonce, { result: 'refused', reason: 'already_in', at: state.last });
		else if (s.kind === 'out' && !state.in) result.set(s.nonce, { result: 'refused', reason: 'not_in' });
		else {
			state.in = s.kind === 'in';
			if (state.in) {
				state.last = at;
				if (state.came === 0) state.came = at;
			}
			result.set(s.nonce, { result: 'done' });
		}
	}
	return { who, result, undone };
}

export function tally(who) {
	let came = 0, inside = 0;
	for (const s of who.values()) {
		if (s.came !== 0) came++;
		if (s.in) inside++;
	}
	return { came, inside };
}

/* Reasons that follow from the other scans, not from the ticket, the event and the day. */
export const FROM_OTHERS = new Set(['already_in', 'not_in']);

/* ---- the judgement of a device that is alone ---- */

const dayNumber = (iso) => Number(String(iso).replaceAll('-', ''));

/* Day as YYYYMMDD in the hour of Kazakhstan (UTC+5, one for the whole country since 2024). */
export function dayAt(ms) {
	return dayNumber(new Date(ms + 5 * 3600e3).toISOString().slice(0, 10));
}

/* An evening ends after midnight: until six its scans belong to the day before, as on the server. */
export const LATE_MS = 6 * 3600e3;

/* roster: as the server gave it, with byId and byCode made by roster.mjs. input: of readInput(), or {person},
 * {guest}. state: reduce(). → null (nothing speaks against it) or {reason, at?, row?}. good: whether the
 * signature was checked and holds. */
export function judge(roster, input, kind, state, now, good) {
	const day = dayAt(now), evening = dayAt(now - LATE_MS);
	if (input.bad !== undefined) return { reason: 'invalid' };
	if (input.ticket !== undefined) {
		if (!good) return { reason: 'invalid' };
		if (input.ticket.event !== roster.event) return { reason: 'wrong_event' };
	}
	if (roster.state === 'cancelled' || roster.state === 'postponed') return { reason: 'cancelled' };
	if (day < dayNumber(roster.first_day) || evening > dayNumber(roster.last_day)) return { reason: 'wrong_day' };
	const id = input.ticket !== undefined ? input.ticket.ticket : roster.byCode.get(input.code);
	const row = id === undefined ? undefined : roster.byId.get(id);
	if (row !== undefined && row.state !== 'valid') return { reason: row.state, why: row.reason, row };
	/* A ticket of the list is good whatever day is printed on it: the event may have been moved. */
	if (row === undefined && input.ticket !== undefined && input.ticket.day < evening) return { reason: 'wrong_day' };
	const key = id !== undefined ? `t${id}` : subject({ ...input, nonce: '' }, roster.byCode);
	const have = state.who.get(key);
	if (kind === 'in' && have?.in) return { reason: 'already_in', at: have.last || have.came, row };
	if (kind === 'out' && !have?.in) return { reason: 'not_in', row };
	return null;
}

/* ---- what waits ---- */

export const BATCH = 500;

export function batches(scans) {
	const list = [...scans].sort(before), out = [];
	for (let i = 0; i < list.length; i += BATCH) out.push(list.slice(i, i + BATCH));
	return out;
}

/* Milliseconds until the next try after n failures in a row: 2 s doubling to two minutes, ± a quarter so that
 * twenty telephones do not come at once. chance: 0…1. */
export function backoff(n, chance) {
	return Math.round(Math.min(2000 * 2 ** Math.max(0, n - 1), 120000) * (0.75 + chance / 2));
}

export function uuid(random16) {
	const b = Uint8Array.from(random16);
	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	const h = [...b].map((x) => x.toString(16).padStart(2, '0')).join('');
	return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/* ---- frames: a set of scans as QR codes that another device reads ---- */

const ALNUM = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const AT45 = new Map([...ALNUM].map((c, i) => [c, i]));

/* RFC 9285 */
export function toBase45(bytes) {
	let out = '';
	for (let i = 0; i < bytes.length; i += 2) {
		const pair = i + 1 < bytes.length;
		let v = pair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
		for (let k = 0; k < (pair ? 3 : 2); k++) {
			out += ALNUM[v % 45];
			v = Math.floor(v / 45);
		}
	}
	return out;
}

export function fromBase45(text) {
	const v = [...text].map((c) => AT45.get(c));
	if (v.includes(undefined) || v.length % 3 === 1) return null;
	const out = [];
	for (let i = 0; i < v.length; i += 3) {
		const three = i + 2 < v.length;
		const n = v[i] + v[i + 1] * 45 + (three ? v[i + 2] * 2025 : 0);
		if (n > (three ? 65535 : 255)) return null;
		if (three) out.push(n >> 8, n & 255);
		else out.push(n);
	}
	return Uint8Array.from(out);
}

export function crc32(bytes) {
	let c = 0xffffffff;
	for (const b of bytes) {
		c ^= b;
		for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (0xedb88320 & -(c & 1));
	}
	return (c ^ 0xffffffff) >>> 0;
}

const FRAME = /^SQ1:([0-9A-F]{8}):(\d{1,4})\/(\d{1,4}):([0-9A-Z $%*+\-./:]+)$/;
const FRAME_BYTES = 300;

export function makeFrames(bytes) {
	const id = crc32(bytes).toString(16).toUpperCase().padStart(8, '0');
	const n = Math.max(1, Math.ceil(bytes.length / FRAME_BYTES));
	return Array.from({ length: n }, (_, i) =>
		`SQ1:${id}:${i + 1}/${n}:${toBase45(bytes.slice(i * FRAME_BYTES, (i + 1) * FRAME_BYTES))}`);
}

/* One frame into what was gathered (null at first): {id, n, parts: Map, bytes}. A frame of another set begins
 * anew; what is no frame changes nothing. bytes is set once all are there and the sum is right. */
export function takeFrame(gathered, text) {
	const m = FRAME.exec(text);
	if (m === null || Number(m[3]) < 1 || Number(m[2]) < 1 || Number(m[2]) > Number(m[3])) return gathered;
	const part = fromBase45(m[4]);
	if (part === null) return gathered;
	const n = Number(m[3]);
	let g = gathered;
	if (g === null || g.id !== m[1] || g.n !== n) g = { id: m[1], n, parts: new Map(), bytes: null };
	g.parts.set(Number(m[2]), part);
	if (g.bytes === null && g.parts.size === n) {
		const all = Uint8Array.from(Array.from({ length: n }, (_, i) => [...g.parts.get(i + 1)]).flat());
		if (crc32(all) === parseInt(g.id, 16)) g.bytes = all;
		else g.parts.clear();
	}
	return g;
}

export const isFrame = (text) => FRAME.test(text);
