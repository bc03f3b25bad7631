/* app.mjs – the door on a telephone, from top to bottom: open what is kept, ask for the list, take codes.
 *
 * RULE door-phone-1: green only when the server has said so in time; alone, the device says amber: queued, not yet
 * checked against the others; red as soon as anything known speaks against it, which the device may know alone
 * (forged, another event or day, taken back, already in). A refused scan is kept and sent like any other.
 * RULE door-phone-2: a scan is on the disk before its answer is shown. RULE door-phone-3: what other devices hand
 * over is a scan like any other, under its own nonce and moment. RULE door-phone-4: the copy is wiped by a button,
 * never with unsent scans that were not saved elsewhere, and by itself on the day after the event. */
import * as core from './core.mjs';
import { openStore } from './store.mjs';
import { change, expected, known, makeRoster, nameOf, rows } from './roster.mjs';
import { checkSignature } from './signature.mjs';
import { $, answer, clock, codeOf, counts, dialogs, fill, item, network, ready, say } from './screen.mjs';
import { sound, wake } from './sound.mjs';
import { Sync } from './sync.mjs';
import { ANSWER_MS, within, worker } from '../phone/wire.mjs';

const EVENT = Number(document.body.dataset.event);
const FIRST_FOUND = 20, LAST_SHOWN = 10;
const door = { store: null, roster: null, key: null, scans: new Map(), conflicts: new Map(), state: core.reduce([]), sync: null,
	camera: null, cameraModule: null, device: '', way: 'in', muted: false, gathered: null, exported: new Set(), over: false,
	net: ['off'], asked: 0, waiters: new Map(), late: 0 };

const now = () => Date.now();
/* The demonstration lives on another day: what is judged by days is judged there, moments stay true. */
const SHIFT = Number(document.body.dataset.shift) * 86400e3;
const evening = (at = now()) => new Date(at + SHIFT + 5 * 3600e3 - core.LATE_MS).toISOString().slice(0, 10);
const cameraOn = () => door.camera?.on === true;
const waiting = () => [...door.scans.values()].filter((s) => !s.sent);
const draw = (n) => crypto.getRandomValues(new Uint8Array(n));
const deviceName = () => core.toCrockford(draw(3)).slice(0, 4);

/* ---- state ---- */

/* What the list tells was counted from scans that the server knew when it was asked; ours that it had answered by
 * then are among them. Of those whose scan was undone since and not yet sent, our own scans tell instead. */
function recount() {
	const codes = door.roster?.byCode ?? new Map(), have = door.roster ? known(door.roster) : new Map();
	const undone = waiting().filter((s) => s.kind === 'undo').map((s) => door.scans.get(s.undo)).filter(Boolean);
	const anew = new Set(undone.map((s) => core.subject(s, codes)));
	for (const key of anew) have.delete(key);
	const mine = [...door.scans.values()].filter((s) => !(s.sent && s.answer?.stored <= door.asked) || s.kind === 'undo' ||
		anew.has(core.subject(s, codes)));
	door.state = core.reduce(mine, codes, have);
	const t = core.tally(door.state.who);
	counts(door.roster ? t.came : '…', door.roster ? expected(door.roster) : '…', waiting().length, t.inside);
	showNetwork();
}

function showNetwork() {
	const [state, why, detail] = door.net, n = waiting().length;
	const text = door.over ? say('net_over') : state === 'on' ? say('net_on')
		: state === 'shut' ? why === 401 || why === 403 ? `${detail} ${say('net_sign_in')}` : `${detail || say('net_trouble', why)} ${say('net_kept')}`
			: door.roster === null ? say('net_off_empty') : say('net_off', clock(door.roster.fetched));
	network(n > 0 && state !== 'on' ? `${text} ${say('net_queue', n)}` : text, state !== 'on');
	$('sign-in').hidden = !(state === 'shut' && (why === 401 || why === 403));
}

async function takeRoster(text, etag, fetched) {
	door.asked = fetched;
	const data = JSON.parse(text);
	door.over = data.last_day < evening();
	if (door.sync !== null) door.sync.csrf = data.csrf ?? door.sync.csrf;
	if (door.over) return recount();
	door.roster = makeRoster(data);
	door.roster.fetched = fetched;
	door.key = Uint8Array.from(atob(data.key ?? ''), (c) => c.charCodeAt(0));
	door.etag = etag;
	if (door.sync !== null) door.sync.seq = data.n ?? door.sync.seq ?? 0;
	fill($('limits'), door.roster.limits.map((l) => item(l)));
	return recount();
}

async function refresh(asked) {
	const got = await asked;
	if (got === null || got.status !== 200) return;
	await takeRoster(got.text, got.etag, got.asked);
	if (!door.over)
		await door.store.keepEvent({ event: EVENT, text: got.text, etag: got.etag, last_day: door.roster.last_day, fetched: got.asked });
}

function news(data, asked) {
	if (door.roster === null) return;
	change(door.roster, data);
	door.asked = asked;
	recount();
}

/* ---- one scan ---- */

function makeScan(kind, what) {
	return { event: EVENT, nonce: core.uuid(draw(16)), at: new Date(now()).toISOString(), kind, device: door.device, ...what };
}

async function keep(list) {
	await door.store.keepScans(list);
	core.mergeScans(door.scans, list, door.conflicts);
	recount();
}

const REASONS = new Set(['invalid', 'revoked', 'waiting', 'cancelled', 'already_in', 'not_in', 'wrong_event', 'wrong_day', 'conflict']);

function show(tone, word, whom) {
	answer(tone, word, whom, cameraOn());
	sound(tone, door.muted);
}

function showNo(reason, at, name) {
	const key = REASONS.has(reason) ? reason : 'invalid';
	const why = key === 'already_in' && at ? say('already_in_at', clock(at)) : say(`${key}_why`);
	show('no', say(`no_${key}`), name ? `${name}\n${why}` : why);
}

const timeOf = (at) => (typeof at === 'string' ? Date.parse(at) : at > 1e14 ? at / 1000 : at);

/* The server's word about a scan into an answer; false: there is none yet. */
function showAnswer(scan, a, name) {
	if (a === undefined) return false;
	if (a.result === 'conflict' || a.reason !== undefined) showNo(a.result === 'conflict' ? 'conflict' : a.reason, timeOf(a.at), name);
	else show('ok', say(scan.kind === 'out' ? 'ok_out' : 'ok_in'), name);
	return true;
}

/* Keep, send, wait a little, answer. local: what this device has against it already. */
async function record(scan, local, name) {
	if (local !== null) scan.shown = true;
	if (local !== null && !core.FROM_OTHERS.has(local.reason)) scan.fact = local.reason;
	await keep([scan]);
	if (local !== null) {
		showNo(local.reason, local.at, name);
		door.sync.kick();
		return;
	}
	const told = new Promise((go) => door.waiters.set(scan.nonce, go));
	const a = await within(Promise.race([told, tried(scan)]), ANSWER_MS, undefined);
	door.waiters.delete(scan.nonce);
	if (!showAnswer(scan, a, name))
		show('wait', say('wait'), [name, say('wait_why'), say('wait_queue', waiting().length)].filter(Boolean).join('\n'));
}

/* Until the scan was sent or sending failed: without network amber comes at once. An upload that runs already does
 * not carry this scan, so the next one is waited for as well. */
async function tried(scan) {
	for (let i = 0; i < 3 && (i === 0 || door.sync.online) && !door.scans.get(scan.nonce)?.sent; i++) await door.sync.kick(true);
	return door.scans.get(scan.nonce)?.answer;
}

async function answered(results) {
	const changed = [];
	for (const [nonce, a] of results) {
		const s = door.scans.get(nonce);
		if (s === undefined) continue;
		const fact = a.reason !== undefined && !core.FROM_OTHERS.has(a.reason) ? a.reason : undefined;
		const row = { ...s, fact, sent: true, answer: { ...a, stored: now() } };
		door.scans.set(nonce, row);
		changed.push(row);
		const waiter = door.waiters.get(nonce);
		if (waiter) waiter(a);
		else if (!s.sent && !s.shown && (a.reason !== undefined || a.result === 'conflict')) door.late++;
	}
	await door.store.keepScans(changed);
	$('b-last').dataset.late = door.late || '';
	recount();
}

function local(input) {
	if (door.roster === null) return null;
	const good = input.ticket !== undefined && core.verifyTicket(input.ticket, door.key, checkSignature);
	return core.judge(door.roster, input, door.way, door.state, now() + SHIFT, good);
}

/* What speaks against another device's scan by this device's list, whoever else is in. */
function factOf(s) {
	if (door.roster === null || s.kind === 'undo') return undefined;
	const input = s.ticket !== undefined ? core.readInput(s.ticket) : s;
	const good = input.ticket !== undefined && core.verifyTicket(input.ticket, door.key, checkSignature);
	const found = core.judge(door.roster, input, 'in', core.reduce([]), Date.parse(s.at) + SHIFT, good);
	return found?.reason;
}

function nameFor(what) {
	if (door.roster === null) return what.guest ?? '';
	return nameOf(door.roster, what, core.subject({ nonce: '', ...what }, door.roster.byCode));
}

/* A code from the camera or the field. */
async function take(text, typed) {
	if (core.isFrame(text)) return takeFrame(text);
	const input = core.readInput(text);
	if (input.name !== undefined && typed) return search(input);
	if (input.ticket === undefined && input.code === undefined && input.bad === undefined) {
		if (!typed && text.trim() !== '') showNo('invalid', 0, '');
		return undefined;
	}
	const what = input.ticket ? { ticket: input.text } : input.code ? { code: input.code } : { ticket: input.bad.slice(0, 300) };
	return record(makeScan(door.way, what), local(input), nameFor(what));
}

function takeRow(row) {
	$('d-list').close();
	const what = row.person ? { person: row.person } : { code: row.code };
	return record(makeScan(door.way, what), local(row.person ? { person: row.person } : { code: row.code }), row.name);
}

function search(input) {
	const found = door.roster === null ? [] : core.searchNames(rows(door.roster), input.name, FIRST_FOUND);
	if (found.length === 0 && input.code !== undefined) return take(core.shownCode(input.code), false);
	$('list-word').textContent = found.length === 0 ? say('none_found', input.name) : say('found', input.name);
	fill($('list'), found.map((r) => {
		const key = r.person ? `p${r.person}` : `t${door.roster.byCode.get(r.code)}`, have = door.state.who.get(key);
		const note = [codeOf(r), r.state === 'valid' ? '' : say(`no_${r.state}`), have?.in ? say('is_in', clock(have.last || have.came)) : '']
			.filter(Boolean).join(' · ');
		return item(r.name, note, { text: say(door.way === 'out' ? 'let_out' : 'let_in'), press: () => takeRow(r) });
	}));
	$('list-guest').hidden = door.way === 'out';
	$('guest').value = found.length === 0 ? input.name : '';
	$('d-list').showModal();
	return undefined;
}

async function undoLast() {
	const own = [...door.scans.values()].filter((s) => s.via === undefined && s.kind !== 'undo' && !door.state.undone.has(s.nonce));
	const last = own.sort((a, b) => (a.at < b.at ? 1 : -1))[0];
	if (last === undefined) return show('ready', say('ready'), say('nothing_to_undo'));
	return undo(last);
}

async function undo(scan) {
	const name = nameFor(scan);
	await keep([makeScan('undo', { undo: scan.nonce })]);
	door.sync.kick(true);
	$('d-last').close();
	answer('ready', say('undone'), [name, clock(Date.parse(scan.at))].filter(Boolean).join(' · '), cameraOn());
}

/* ---- lists and dialogs ---- */

function stateWord(s) {
	if (door.state.undone.has(s.nonce)) return say('is_undone');
	const a = s.answer ?? (door.state.result.get(s.nonce)?.result === 'refused' ? door.state.result.get(s.nonce) : undefined);
	const sent = s.sent ? '' : say('is_queued');
	const word = a === undefined ? '' : a.reason !== undefined || a.result === 'conflict' ? say(`no_${a.reason ?? a.result}`) : say('is_checked');
	const via = s.via === undefined ? '' : say(`via_${s.via}`, s.device);
	return [word, sent, via].filter(Boolean).join(' · ');
}

function showLast() {
	const list = [...door.scans.values()].filter((s) => s.kind !== 'undo').sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, LAST_SHOWN);
	fill($('last'), list.map((s) => item(nameFor(s) || (s.code ? core.shownCode(s.code) : say('a_ticket')),
		[clock(Date.parse(s.at)), say(`way_${s.kind}`), stateWord(s)].filter(Boolean).join(' · '),
		s.via === undefined && !door.state.undone.has(s.nonce) ? { text: say('undo'), press: () => undo(s) } : undefined)));
	$('last-none').hidden = list.length > 0;
	door.late = 0;
	$('b-last').dataset.late = '';
	$('d-last').showModal();
}

async function toggleCamera() {
	try {
		door.cameraModule ??= await import('./camera.mjs');
		door.camera ??= new door.cameraModule.Camera($('eye'), (text) => take(text, false));
		if (door.camera.on) door.camera.stop();
		else await door.camera.start();
		ready(cameraOn());
	} catch {
		answer('ready', say('no_camera'), say('no_camera_why'), false);
	}
	$('b-camera').setAttribute('aria-pressed', String(cameraOn()));
}

/* ---- from device to device ---- */

const handed = () => [...door.scans.values()];

let turning = null;
async function showFrames() {
	const { drawFrame, toFrames } = await import('./frames.mjs');
	const scans = handed(), frames = await toFrames(EVENT, scans);
	let i = 0;
	const next = () => {
		drawFrame($('frame'), frames[i]);
		$('frame').dataset.frame = frames[i];
		$('frame-n').textContent = say('frame', i + 1, frames.length);
		i = (i + 1) % frames.length;
	};
	next();
	turning = setInterval(next, 350);
	$('d-more').close();
	$('frames-word').textContent = say('frames_of', scans.length);
	$('d-frames').showModal();
}

async function takeFrame(text) {
	door.gathered = core.takeFrame(door.gathered, text);
	if (door.gathered === null) return;
	if (door.gathered.bytes === null) {
		answer('ready', say('frame', door.gathered.parts.size, door.gathered.n), say('frame_on'), cameraOn());
		return;
	}
	const { fromBytes } = await import('./frames.mjs');
	const scans = await fromBytes(EVENT, door.gathered.bytes);
	door.gathered = null;
	await takeOver(scans, 'frames');
}

async function takeOver(scans, via) {
	if (scans === null) return showNo('wrong_event', 0, say('not_a_set'));
	const fresh = scans.filter((s) => !door.scans.has(s.nonce));
	const other = scans.filter((s) => door.scans.has(s.nonce) && core.content(s) !== core.content(door.scans.get(s.nonce)));
	core.mergeScans(door.scans, other, door.conflicts);
	await keep(fresh.map((s) => ({ ...s, event: EVENT, via, sent: false, fact: factOf(s) })));
	door.sync.kick(true);
	sound('ok', door.muted);
	answer('ready', say('taken_over', fresh.length), say('taken_over_why', scans.length - fresh.length), cameraOn());
	return undefined;
}

async function saveFile() {
	const { packText } = await import('./frames.mjs');
	const scans = handed(), name = `shanyraq-door-${EVENT}-${door.device}.json`;
	const file = new File([packText(EVENT, scans)], name, { type: 'application/json' });
	for (const s of scans) door.exported.add(s.nonce);
	if (navigator.canShare?.({ files: [file] }) && matchMedia('(pointer: coarse)').matches) {
		try {
			await navigator.share({ files: [file] });
			return;
		} catch { /* put aside: then as a download */ }
	}
	const a = document.createElement('a');
	a.href = URL.createObjectURL(file);
	a.download = name;
	a.click();
	setTimeout(() => URL.revokeObjectURL(a.href), 30000);
}

async function readFile(input) {
	const { unpackText } = await import('./frames.mjs');
	const file = input.files[0];
	input.value = '';
	if (file === undefined) return;
	$('d-more').close();
	await takeOver(file.size > 4 << 20 ? null : unpackText(EVENT, await file.text()), 'file');
}

/* ---- wiping ---- */

function askWipe() {
	const unsaved = waiting().filter((s) => !door.exported.has(s.nonce)).length;
	$('d-more').close();
	$('wipe-word').textContent = unsaved > 0 ? say('wipe_not', unsaved) : say('wipe_sure');
	$('wipe-yes').hidden = unsaved > 0;
	$('d-wipe').showModal();
}

async function wipe() {
	door.camera?.stop();
	await door.store.wipe(EVENT, false);
	navigator.serviceWorker?.controller?.postMessage({ forget: location.pathname });
	location.replace(document.body.dataset.away);
}

/* RULE door-phone-4 */
async function wipeOver() {
	const gone = await door.store.wipeOver(evening, now());
	if (gone.includes(EVENT) && door.roster !== null) {
		door.roster = null;
		door.over = true;
		recount();
	}
}

/* ---- beginning ---- */

function buttons() {
	const on = (id, what) => $(id).addEventListener('click', what);
	document.addEventListener('pointerdown', wake, { once: true });
	document.addEventListener('keydown', wake, { once: true });
	$('ask').addEventListener('submit', (e) => {
		e.preventDefault();
		const text = $('code').value;
		$('code').value = '';
		take(text, true);
	});
	on('b-camera', toggleCamera);
	on('b-way', () => {
		door.way = door.way === 'in' ? 'out' : 'in';
		$('b-way').setAttribute('aria-pressed', String(door.way === 'out'));
		$('way').textContent = say(`way_${door.way}`);
	});
	on('b-undo', undoLast);
	on('b-last', showLast);
	on('b-guest', () => {
		fill($('list'), []);
		$('list-word').textContent = say('guest');
		$('list-guest').hidden = false;
		$('guest').value = '';
		$('d-list').showModal();
		$('guest').focus();
	});
	$('list-guest').addEventListener('submit', (e) => {
		e.preventDefault();
		const guest = $('guest').value.trim().slice(0, 200);
		if (guest === '') return;
		$('d-list').close();
		record(makeScan(door.way, { guest }), local({ guest }), guest);
	});
	on('b-more', () => $('d-more').showModal());
	on('b-sound', () => {
		door.muted = !door.muted;
		$('b-sound').setAttribute('aria-pressed', String(!door.muted));
	});
	on('b-frames', showFrames);
	$('d-frames').addEventListener('close', () => clearInterval(turning));
	on('b-save', saveFile);
	on('b-read', () => $('file').click());
	$('file').addEventListener('change', (e) => readFile(e.target));
	on('b-wipe', askWipe);
	on('wipe-yes', wipe);
}

/* The list first, all else while it is on its way: what stands here in order is what a slow telephone waits for. */
async function begin() {
	ready(false);
	door.store = await openStore();
	const kept = await door.store.event(EVENT);
	door.sync = new Sync(EVENT, document.body.dataset.csrf, { waiting, answered, news,
		state: (state, why, detail) => {
			door.net = [state, why, detail];
			showNetwork();
		} });
	const asked = door.sync.roster(kept?.etag);
	dialogs();
	buttons();
	$('insecure').hidden = window.isSecureContext;
	$('b-camera').hidden = !window.isSecureContext || navigator.mediaDevices === undefined;
	door.device = await door.store.device(deviceName);
	$('device').textContent = door.device;
	for (const s of await door.store.scans(EVENT)) door.scans.set(s.nonce, s);
	if (kept !== undefined && kept.last_day >= evening()) await takeRoster(kept.text, kept.etag, kept.fetched);
	recount();
	$('code').focus({ preventScroll: true });
	document.body.dataset.ready = kept === undefined ? 'empty' : 'kept';
	await refresh(asked);
	document.body.dataset.ready = 'yes';
	door.sync.kick(true);
	await wipeOver();
	setInterval(wipeOver, 600000);
	setInterval(() => !document.hidden && refresh(door.sync.roster(door.etag)), 60000);
	await worker();
}

begin();
