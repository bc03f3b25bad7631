/* drive.mjs – the driver's page on a telephone, from top to bottom: open what is kept, ask for the route, take acts.
 *
 * RULE driver-phone-1: an act is on the disk before the page says so; it is sent when the network lets it, once (its number).
 * RULE driver-phone-2: names and telephones of families stay while the waybill is open and two days at most; then the route is
 * wiped by itself, what was not sent waits on and is shown without names. RULE driver-phone-3: the button wipes nothing that was not sent. */
import { uuid } from '../door/core.mjs';
import { openKeep } from './keep.mjs';
import { isNews, leftAfter, readQuantity, resultOf, sameGoods, shownQuantity } from './left.mjs';
import { Pad } from './sign.mjs';
import { Upload } from './upload.mjs';
import { worker } from '../phone/wire.mjs';
import { $, clock, say } from '../phone/words.mjs';

const WAYBILL = Number(document.body.dataset.waybill), LANG = document.documentElement.lang;
const KEEP_MS = 48 * 3600e3;
const drive = { keep: null, route: null, asked: 0, acts: new Map(), up: null, net: ['off'], gone: null, naught: [], pad: null, open: null };
/* gone: why nothing is to be driven here any more, ['over' | 'called_off' | 'no_role' | 'too_old', sentence]; naught: what was sent of it and
 * counts for nothing. */

const waiting = () => [...drive.acts.values()].filter((a) => !a.sent);
const actsOf = (stop) => [...drive.acts.values()].filter((a) => a.stop === stop).sort((a, b) => (a.at < b.at ? -1 : 1));
const leftAt = (stop) => leftAfter(stop.left, actsOf(stop.id).filter((a) => isNews(a, drive.asked)));

/* ---- what is seen ---- */

function make(tag, text, more = {}) {
	const e = document.createElement(tag);
	if (text !== '') e.textContent = text;
	return Object.assign(e, more);
}

const quantityWord = (l) => `${l.title}: ${shownQuantity(l.quantity, l.pack, LANG)} ${l.unit}${l.lot ? ` (${say('lot', l.lot)})` : ''}`;

function showNetwork() {
	const [state, why, detail] = drive.net, n = waiting().length, closed = why === 401 || why === 0;
	const text = state === 'on' ? say('on') : state === 'off' ? say('off') : closed ? say('shut_sign') : drive.gone ? '' : detail || say('shut', why);
	if ($('net').textContent !== text) $('net').textContent = text;
	$('net').classList.toggle('bad', state !== 'on');
	$('queue').textContent = n > 0 ? say('not_sent', n) : say('all_sent');
	$('queue').dataset.n = n;
	$('sign-in').hidden = !(state === 'shut' && closed);
	$('b-send').disabled = n === 0;
}

function actItem(a) {
	const counts = a.answer === undefined || a.answer.counts === true;
	const how = !a.sent ? say('waits') : counts ? say('taken') : say('counts_not', a.answer.why ?? '');
	const words = { handed: 'handed', partly: 'partly', refused: 'was_refused', absent: 'was_absent', returned: 'returned' };
	const li = make('li', [clock(Date.parse(a.at)), drive.gone ? a.said : '', say(words[a.result]), how].filter(Boolean).join(' · '));
	li.className = !a.sent ? 'waits' : counts ? 'sent' : 'bad';
	return li;
}

function where(stop) {
	const p = make('p', '');
	p.append([stop.district, stop.place].filter(Boolean).join(', '));
	if (stop.note) p.append(make('br', ''), stop.note);
	return p;
}

function buttons(stop, left) {
	const p = make('p', '', { className: 'acts' });
	const add = (way, word, tone) => {
		const b = make('button', say(word), { type: 'button', className: `btn ${tone}` });
		b.dataset.way = way;
		b.addEventListener('click', () => openAct(stop, way));
		p.append(b);
	};
	const words = stop.left.length === 0 && stop.goods === 0;
	if (left.length > 0 || (words && actsOf(stop.id).length === 0 && stop.state === 'open')) {
		add('handed', 'hand', 'go');
		add('absent', 'absent', '');
		add('refused', 'refuse', '');
	}
	if (left.length > 0) add('returned', 'return', '');
	return p;
}

function card(stop, i) {
	const li = make('li', ''), left = leftAt(stop), list = make('ul', ''), acts = make('ul', '', { className: 'done' });
	li.dataset.stop = stop.id;
	li.className = left.length === 0 && stop.goods > 0 ? 'over' : '';
	li.append(make('h2', `${i + 1}. ${stop.name || stop.title || stop.code}`), where(stop));
	if (stop.phone) {
		const p = make('p', '');
		p.append(make('a', say('call', stop.phone), { href: `tel:${stop.phone.replace(/[^\d+]/g, '')}`, className: 'btn call' }));
		li.append(p);
	}
	if (stop.people > 0) li.append(make('p', say('people', stop.people)));
	list.append(...left.map((l) => make('li', quantityWord(l))));
	li.append(make('h3', left.length > 0 ? say('left') : say('nothing_left')), list);
	if (stop.words?.length > 0) li.append(make('p', say('also', stop.words.join(', '))));
	acts.append(...actsOf(stop.id).map(actItem));
	li.append(acts, buttons(stop, left));
	return li;
}

/* When the waybill is gone: what only this telephone knows, and what it sent in vain (another telephone was earlier). Without
 * names; the headquarters enters it or lets it be. */
function toTell() {
	const acts = [...waiting(), ...drive.naught].sort((a, b) => (a.at < b.at ? -1 : 1));
	if (acts.length === 0) return [];
	const li = make('li', ''), list = make('ul', '', { className: 'done' });
	list.append(...acts.map(actItem));
	li.append(make('h2', say('tell')), list);
	return [li];
}

function show() {
	showNetwork();
	const r = drive.route;
	$('word').textContent = drive.gone ? say(...drive.gone) : r === null ? say('no_route') : r.plate;
	$('stops').replaceChildren(...(drive.gone ? toTell() : r === null ? [] : r.stops.map(card)));
}

/* ---- one act ---- */

function lineField(l, i) {
	const d = make('div', '', { className: 'fld w-s' }), id = `act-q${i}`;
	d.append(make('label', `${l.title}${l.lot ? ` (${say('lot', l.lot)})` : ''}, ${l.unit}`, { htmlFor: id }));
	d.append(make('input', '', { type: 'text', id, inputMode: 'decimal', autocomplete: 'off', value: shownQuantity(l.quantity, l.pack, LANG) }));
	return d;
}

function openAct(stop, way) {
	const left = leftAt(stop), goods = way === 'handed' || way === 'returned';
	drive.open = { stop, way, left, nth: drive.route.stops.indexOf(stop) + 1 };
	const words = { handed: 'hand', refused: 'refuse', absent: 'absent', returned: 'return' };
	$('act-title').textContent = `${say(words[way])}: ${stop.name || stop.title || stop.code}`;
	$('act-lines').replaceChildren(...(goods ? left.map(lineField) : []));
	for (const id of ['act-reason', 'act-receiver']) $(id).value = '';
	$('act-paper').checked = false;
	$('act-error').textContent = '';
	$('act-who').hidden = way !== 'handed';
	drive.pad.clear();
	$('d-act').showModal();
}

/* The lines as typed, or the word of what is wrong. */
function readLines({ left, way }) {
	if (way === 'refused' || way === 'absent') return { lines: [] };
	const lines = [];
	for (const [i, l] of left.entries()) {
		const text = $(`act-q${i}`).value.trim(), q = text === '' ? 0 : readQuantity(text, l.pack);
		if (Number.isNaN(q)) return { wrong: say('no_number'), field: `act-q${i}` };
		if (q > l.quantity) return { wrong: say('too_much', `${shownQuantity(l.quantity, l.pack, LANG)} ${l.unit}`), field: `act-q${i}` };
		if (q > 0) lines.push({ item: l.item, lot: l.lot ?? undefined, quantity: q });
	}
	return lines.length === 0 && left.length > 0 ? { wrong: say('nothing'), field: 'act-q0' } : { lines };
}

/* For the driver's own eyes once the route has gone: the stop's place in it and the goods, nobody's name. */
function saidOf({ nth, left }, lines) {
	const goods = lines.map((l) => quantityWord({ ...left.find((x) => sameGoods(x, l)), quantity: l.quantity }));
	return [`№ ${nth}`, ...goods].join(', ');
}

function readAct() {
	const { stop, way, left } = drive.open, got = readLines(drive.open);
	if (got.wrong !== undefined) return got;
	const result = resultOf(way, left, got.lines), reason = $('act-reason').value.trim();
	if (reason === '' && ['partly', 'refused', 'returned'].includes(result)) return { wrong: say('reason_needed'), field: 'act-reason' };
	const act = { waybill: WAYBILL, nonce: uuid(crypto.getRandomValues(new Uint8Array(16))), at: new Date().toISOString(), stop: stop.id,
		result, reason: reason || undefined, lines: got.lines, mark: 'none', sent: false, said: saidOf(drive.open, got.lines) };
	if (way !== 'handed') return { act };
	const paper = $('act-paper').checked;
	if (!paper && drive.pad.empty) return { wrong: say('sign_needed'), field: 'act-paper' };
	act.receiver = $('act-receiver').value.trim() || undefined;
	act.mark = drive.pad.empty ? 'paper' : 'drawn';
	if (!drive.pad.empty) act.signature = drive.pad.png();
	return { act };
}

let saving = false;
async function saveAct(e) {
	e.preventDefault();
	if (saving || drive.open === null) return;
	const { act, wrong, field } = readAct();
	if (act === undefined) {
		$('act-error').textContent = wrong;
		$(field).focus();
		return;
	}
	saving = true;
	try {
		await drive.keep.keepActs([act]);
		drive.acts.set(act.nonce, act);
		drive.open = null;
		$('d-act').close();
		show();
		drive.up.kick(true);
	} catch {
		$('act-error').textContent = say('full');
	} finally {
		saving = false;
	}
}

/* ---- from the server ---- */

async function answered(results) {
	const changed = [];
	for (const [nonce, answer] of results) {
		const a = drive.acts.get(nonce);
		if (a === undefined) continue;
		const row = { ...a, sent: true, answer, stored: Date.now(), receiver: undefined, signature: undefined };
		drive.acts.set(nonce, row);
		changed.push(row);
	}
	await drive.keep.keepActs(changed);
	show();
	if (waiting().length === 0) refresh();
}

/* RULE driver-phone-2 */
async function forget(...why) {
	drive.route = null;
	drive.gone = why;
	drive.naught = [...new Map([...drive.naught, ...drive.acts.values()].filter((a) => a.answer?.counts === false).map((a) => [a.nonce, a])).values()];
	await drive.keep.wipe(WAYBILL);
	for (const [nonce, a] of drive.acts) if (a.sent) drive.acts.delete(nonce);
	show();
}

function takeRoute(text, asked) {
	drive.route = JSON.parse(text);
	drive.asked = asked;
}

async function refresh() {
	const got = await drive.up.route();
	if (got === null) return;
	if (got.status === 404) return forget('called_off');
	if (got.status === 403) return forget('no_role', got.detail);
	if (got.text === '') return;
	const data = JSON.parse(got.text);
	if (!data.open) return forget('over');
	drive.gone = null;
	takeRoute(got.text, got.asked);
	show();
	await drive.keep.keepRoute({ waybill: WAYBILL, text: got.text, asked: got.asked });
}

/* ---- wiping ---- */

function askWipe() {
	const n = waiting().length;
	$('wipe-word').textContent = n > 0 ? say(drive.gone && drive.net[0] === 'shut' ? 'wipe_refused' : 'wipe_not', n) : say('wipe_sure');
	$('wipe-yes').hidden = n > 0;
	$('d-wipe').showModal();
}

async function wipe() {
	drive.keep.left = true;
	await drive.keep.wipe(WAYBILL);
	navigator.serviceWorker?.controller?.postMessage({ forget: location.pathname });
	location.replace(document.body.dataset.away);
}

async function wipeOld() {
	const gone = await drive.keep.wipeOld(Date.now() - KEEP_MS);
	if (gone.includes(WAYBILL)) await forget('too_old');
}

/* ---- beginning ---- */

function listen() {
	for (const d of document.querySelectorAll('dialog'))
		d.addEventListener('click', (e) => e.target.closest('[data-close]') && d.close());
	$('d-act').addEventListener('close', () => { drive.open = null; });
	$('act').addEventListener('submit', saveAct);
	$('pad-clear').addEventListener('click', () => drive.pad.clear());
	$('b-send').addEventListener('click', () => drive.up.kick(true));
	$('b-wipe').addEventListener('click', askWipe);
	$('wipe-yes').addEventListener('click', wipe);
}

async function begin() {
	drive.keep = await openKeep();
	drive.pad = new Pad($('pad'));
	drive.up = new Upload(WAYBILL, document.body.dataset.csrf, { waiting, answered,
		state: (state, why, detail) => {
			drive.net = [state, why, detail];
			showNetwork();
		} });
	listen();
	$('insecure').hidden = window.isSecureContext;
	for (const a of await drive.keep.acts(WAYBILL)) drive.acts.set(a.nonce, a);
	await wipeOld();
	const kept = await drive.keep.route(WAYBILL);
	if (kept !== undefined) {
		takeRoute(kept.text, kept.asked);
	}
	show();
	await refresh();
	document.body.dataset.ready = 'yes';
	drive.up.kick(true);
	setInterval(wipeOld, 600000);
	setInterval(() => !document.hidden && refresh(), 60000);
	navigator.storage?.persist?.();
	await worker();
}

begin();
