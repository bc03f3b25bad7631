/* door.mjs – the door on telephones, in Chromium against the real binary over TLS: the network goes in the middle,
 * two telephones see one ticket, scans travel by pictures and by file, the copy is wiped. TAP, and a last line
 * "N passed, N failed".
 *
 *   node door.mjs BINARY [--shots DIR]
 *
 * Each telephone is a browser context of its own; without network means Playwright's setOffline. Chromium trusts the
 * house by the key of its certificate only (a service worker refuses to live on a page with a broken one). */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { correction, generate } from '../../web/node_modules/lean-qr/index.mjs';
import * as checks from './checks.mjs';
import { codeOf, DAY, house, nameOf, signIn } from './door_house.mjs';

const ANSWER_MS = 2500; /* web/phone/wire.mjs, RULE door-phone-1 */

const binary = path.resolve(process.argv[2] ?? '');
const shots = process.argv[3] === '--shots' ? process.argv[4] : null;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP desk.test 127.0.0.1'];
const tap = { n: 0, passed: 0, failed: 0 };

function result(name, faults) {
	tap[faults.length === 0 ? 'passed' : 'failed']++;
	console.log(`${faults.length === 0 ? 'ok' : 'not ok'} ${++tap.n} - door: ${name}`);
	for (const f of faults.slice(0, 8)) console.log(`# ${String(f).replaceAll('\n', ' ')}`);
}
const same = (got, want, what) => {
	if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`${what}: got ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`);
};

/* ---- a telephone ---- */

class Phone {
	static async open(browser, at, storageState, more = {}) {
		const phone = new Phone();
		phone.context = await browser.newContext({ viewport: { width: 320, height: 640 }, storageState, reducedMotion: 'reduce', ...more });
		phone.page = await phone.context.newPage();
		phone.page.setDefaultTimeout(8000);
		phone.faults = [];
		phone.page.on('pageerror', (e) => phone.faults.push(e.message));
		phone.page.on('console', (m) => m.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|status of|ERR_FAILED/.test(m.text()) && phone.faults.push(m.text()));
		phone.bare = more.serviceWorkers === 'block';
		await phone.page.goto(at);
		await phone.up();
		return phone;
	}
	async up() {
		await this.page.waitForSelector('body[data-ready=yes]');
		if (!this.bare) await this.page.waitForSelector('body[data-offline]');
	}
	async type(text) {
		await this.page.fill('#code', text);
		await this.page.press('#code', 'Enter');
	}
	/* The answer's tone, word and sentence, once the field's text was taken. */
	forget() {
		return this.page.evaluate(() => { document.body.className = 'door'; });
	}
	async shows(tone) {
		await this.page.waitForSelector(`body.${tone}`, { timeout: 5000 });
		return this.page.textContent('#whom');
	}
	async says(text, tone) {
		await this.forget();
		await this.type(text);
		return this.shows(tone);
	}
	off(is = true) {
		return this.context.setOffline(is);
	}
	number(id) {
		return this.page.textContent(`#${id}`).then(Number);
	}
	async empty() {
		await this.page.waitForFunction(() => document.getElementById('n-wait').textContent === '0', null, { timeout: 15000 });
	}
	async shot(name) {
		if (shots === null) return;
		mkdirSync(shots, { recursive: true });
		await this.page.screenshot({ path: path.join(shots, `${name}.png`) });
	}
	close() {
		return this.context.close();
	}
}

/* ---- the tests; each gets {open(), base, at(), event, house, …} ---- */

const tests = {
	async 'green only from the server, red with the reason'(t) {
		const p = await t.open();
		same(await p.says(t.house.ticketText(t.event, 1, DAY), 'ok'), nameOf(1), 'a signed code names its guest');
		same(t.stored(1), 1, 'the server has it');
		const again = await p.says(`https://house.example/t/${t.house.ticketText(t.event, 1, DAY).toLowerCase()}`, 'no');
		same(/\d\d:\d\d/.test(again), true, `already in, with the time: ${again}`);
		await p.says(codeOf(2), 'no');
		await p.says(t.house.ticketText(t.event + 1, 1, DAY), 'no');
		await p.says(t.house.ticketText(t.event, 500, DAY - 1), 'no');
		await p.says(t.house.ticketText(t.event, 3, DAY).replace(/.$/, (c) => (c === '0' ? '8' : '0')), 'no');
		await p.says(codeOf(3), 'ok');
		same([await p.number('n-in'), await p.number('n-now')], [2, 2], 'who came');
		same(p.faults, [], 'quiet');
		await p.close();
	},
	async 'names are found however they are typed; walk-ins, exit and re-entry'(t) {
		const p = await t.open(), inside = await p.number('n-now');
		await p.type('галым каиратулы 13');
		await p.page.waitForSelector('#d-list[open]');
		await p.page.click('#list li:first-child button');
		same(await p.shows('ok'), nameOf(13), 'who was meant');
		await p.page.click('#b-guest');
		await p.forget();
		await p.page.fill('#guest', 'Қонақ Бейтаныс');
		await p.page.press('#guest', 'Enter');
		same(await p.shows('ok'), 'Қонақ Бейтаныс', 'a guest');
		await p.page.click('#b-way');
		await p.says(codeOf(13), 'ok');
		await p.says(codeOf(13), 'no');
		await p.page.click('#b-way');
		await p.says(codeOf(13), 'ok');
		same(await p.number('n-now'), inside + 2, 'inside now');
		await p.close();
	},
	async 'the network goes in the middle: amber, kept, sent once when it is back'(t) {
		const p = await t.open(), before = t.stored();
		await p.says(codeOf(20), 'ok');
		await p.off();
		for (const id of [21, 22, 23]) await p.says(codeOf(id), 'wait');
		await p.says(codeOf(21), 'no');
		same(await p.number('n-wait'), 4, 'in the queue, the refused one too');
		const came = await p.number('n-in');
		same(t.stored(), before + 1, 'nothing was sent');
		await p.page.reload();
		await p.up();
		same([await p.number('n-wait'), await p.number('n-in')], [4, came], 'after a reload without network');
		await p.says(codeOf(24), 'wait');
		await p.shot('wait');
		await p.off(false);
		await p.empty();
		same(t.stored(), before + 6, 'each once');
		await p.says(codeOf(25), 'ok');
		same(p.faults, [], 'quiet');
		await p.close();
	},
	/* In time is the page's own time, held still here: however slow the machine is, amber comes when the patience is over and not
	 * before, while the server has not answered and the page has not given the upload up. */
	async 'a server that is slow to answer: amber in time, then the answer'(t) {
		const p = await t.open({ serviceWorkers: 'block' }), from = new Date();
		const ended = [];
		let answer, asked;
		const held = new Promise((go) => { answer = go; }), sent = new Promise((go) => { asked = go; });
		await p.page.clock.install({ time: from });
		await p.page.reload();
		await p.up();
		await p.page.clock.pauseAt(new Date(from.getTime() + 3600e3));
		for (const end of ['requestfinished', 'requestfailed']) p.page.on(end, (r) => r.url().endsWith('/scans') && ended.push(end));
		await p.page.route('**/scans', async (r) => {
			asked();
			await held;
			await r.continue();
		});
		await p.forget();
		await p.type(codeOf(30));
		await sent;
		await p.page.clock.runFor(ANSWER_MS - 1);
		same(await p.page.getAttribute('body', 'class'), 'door', 'the server has its time to say green');
		await p.page.clock.runFor(1);
		await p.shows('wait');
		same(ended, [], 'nobody waits for a slow server');
		answer();
		await p.page.clock.resume();
		await p.empty();
		same(ended, ['requestfinished'], 'asked once');
		same(t.stored(30), 1, 'sent once');
		await p.close();
	},
	async 'two telephones without network and one ticket: the earlier counts'(t) {
		const a = await t.open(), b = await t.open();
		await a.off();
		await b.off();
		await a.says(codeOf(40), 'wait');
		await b.says(codeOf(40), 'wait');
		await b.off(false);
		await b.empty();
		await a.off(false);
		await a.empty();
		same(t.stored(40), 2, 'both are kept');
		same(t.house.sql(`SELECT count(*) FROM attendance WHERE event = ${t.event} AND ticket = 40 AND withdrawn = 0;`), '1', 'one attendance');
		await b.page.click('#b-last');
		await b.page.waitForSelector('#d-last[open]');
		await a.says(codeOf(40), 'no');
		await Promise.all([a.close(), b.close()]);
	},
	async 'undo, with and without network'(t) {
		const p = await t.open(), inside = await p.number('n-now');
		await p.says(codeOf(50), 'ok');
		await p.page.click('#b-undo');
		await p.page.waitForFunction((n) => Number(document.getElementById('n-now').textContent) === n, inside);
		await p.empty();
		await p.says(codeOf(50), 'ok');
		await p.off();
		await p.says(codeOf(51), 'wait');
		await p.page.click('#b-last');
		await p.page.click('#last li:nth-child(2) button');
		await p.page.waitForFunction((n) => Number(document.getElementById('n-now').textContent) === n, inside + 1);
		await p.off(false);
		await p.empty();
		same(t.house.sql(`SELECT count(*) FROM scan WHERE event = ${t.event} AND kind = 'undo';`), '2', 'undone on the server');
		await p.close();
	},
	async 'from telephone to telephone by pictures that are really read'(t) {
		const a = await t.open(), b = await t.open();
		await Promise.all([a.off(), b.off()]);
		for (let id = 60; id < 75; id++) await a.says(codeOf(id), 'wait');
		await a.page.click('#b-more');
		await a.page.click('#b-frames');
		await a.page.waitForSelector('#d-frames[open]');
		await a.shot('frames');
		const camera = await part(b.page, 'camera'), seen = new Set();
		for (let i = 0; i < 60; i++) {
			const picture = await a.page.evaluate(() => {
				const c = document.getElementById('frame');
				return [c.width, String.fromCharCode(...c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((_, i) => i % 4 === 0).map((x) => (x < 128 ? 48 : 49)))];
			}).then((x) => x.join(' '));
			if (seen.has(picture)) {
				if (seen.size === Number(/\d+\D+(\d+)/.exec(await a.page.textContent('#frame-n'))[1])) break;
				await a.page.waitForTimeout(100);
				continue;
			}
			seen.add(picture);
			const text = await b.page.evaluate(async ([url, data]) => {
				const [size, dots] = data.split(' '), n = Number(size), big = document.createElement('canvas');
				big.width = big.height = n * 6;
				const c = big.getContext('2d');
				for (let i = 0; i < dots.length; i++) {
					c.fillStyle = dots[i] === '0' ? '#000' : '#fff';
					c.fillRect((i % n) * 6, Math.floor(i / n) * 6, 6, 6);
				}
				return (await import(url)).readPicture(big, true);
			}, [camera, picture]);
			same(text !== null && text.startsWith('SQ1:'), true, `a picture is read: ${text}`);
			await b.type(text);
		}
		same(seen.size > 1, true, 'more than one picture');
		await b.page.waitForFunction(() => document.getElementById('n-wait').textContent === '15');
		await b.says(codeOf(60), 'no');
		await b.off(false);
		await b.empty();
		same(t.house.sql('SELECT count(*) FROM scan WHERE ticket BETWEEN 60 AND 74;'), '16', 'through the other');
		const before = t.stored();
		await a.off(false);
		await a.empty();
		same(t.stored(), before, 'and from the first once more: nothing new');
		same([...a.faults, ...b.faults], [], 'quiet');
		await Promise.all([a.close(), b.close()]);
	},
	async 'from telephone to telephone by file; wiping'(t) {
		const a = await t.open(), b = await t.open();
		await Promise.all([a.off(), b.off()]);
		await a.says(codeOf(80), 'wait');
		await a.page.click('#b-more');
		await a.page.click('#b-wipe');
		same(await a.page.isVisible('#wipe-yes'), false, 'no wiping with unsent scans');
		await a.page.click('#d-wipe [data-close]');
		await a.page.click('#b-more');
		const [file] = await Promise.all([a.page.waitForEvent('download'), a.page.click('#b-save')]);
		const kept = path.join(tmpdir(), `door-${process.pid}.json`);
		await file.saveAs(kept);
		await b.page.setInputFiles('#file', kept);
		await b.page.waitForFunction(() => document.getElementById('n-wait').textContent === '1');
		await b.page.setInputFiles('#file', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"event":1,"scans":[]}') });
		await b.shows('no');
		rmSync(kept);
		await a.page.click('#b-wipe');
		await a.off(false);
		await a.page.click('#wipe-yes');
		await a.page.waitForURL((u) => !u.pathname.endsWith('/phone'));
		same(await a.page.evaluate(left), [0, 0], 'nothing is left');
		await b.off(false);
		await b.empty();
		same(t.stored(80), 1, 'sent by the other');
		await Promise.all([a.close(), b.close()]);
	},
	async 'the copy goes by itself on the day after'(t) {
		const p = await t.open();
		same((await p.page.evaluate(left))[0], 1, 'one list is kept');
		await p.off();
		await p.says(codeOf(90), 'wait');
		await p.page.clock.setFixedTime(Date.parse(`${new Date(Date.now() + 29 * 3600e3).toISOString().slice(0, 10)}T06:30:00+05:00`));
		await p.page.reload();
		await p.page.waitForSelector('body[data-ready=yes]');
		const [events, scans] = await p.page.evaluate(left);
		same([events, scans >= 1], [0, true], 'the list is gone, what was not sent waits');
		await p.off(false);
		await p.empty();
		await p.page.reload();
		await p.page.waitForSelector('body[data-ready=yes]');
		for (let i = 0; i < 50 && (await p.page.evaluate(left))[1] > 0; i++) await p.page.waitForTimeout(100);
		same(await p.page.evaluate(left), [0, 0], 'what was sent after that is gone, too');
		await p.close();
	},
	async 'a code before the camera'(t) {
		const film = path.join(tmpdir(), `door-${process.pid}.y4m`);
		writeFileSync(film, y4m(`HTTPS://HOUSE.EXAMPLE/T/${t.house.ticketText(t.event, 95, DAY)}`));
		const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...FLAGS, t.pinned,
			'--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`] });
		try {
			const p = await Phone.open(browser, t.at('kk'), t.state, { permissions: ['camera'] });
			await p.page.click('#b-camera');
			same((await p.shows('ok')).includes('95'), true, 'who stands before it');
			await p.page.waitForSelector('body.ready.eye');
			await p.shot('camera');
			same(p.faults, [], 'quiet');
		} finally {
			await browser.close();
			rmSync(film);
		}
	},
	async 'without HTTPS: a desk that says so'(t) {
		const plain = await t.house.serve([]), base = `http://desk.test:${plain.port}`;
		const context = await t.browser.newContext({ storageState: await signIn(t.browser, base, t.house) }), page = await context.newPage();
		await page.goto(`${base}/kk/door/${t.event}/phone`);
		await page.waitForSelector('body[data-ready=yes]');
		same([await page.isVisible('#insecure'), await page.isVisible('#b-camera'), await page.isVisible('#code')], [true, false, true], 'says so');
		await page.click('#insecure a');
		await page.waitForURL((u) => u.pathname === '/kk/tls');
		same(await checks.checkOverflow(page), [], 'the page that tells how');
		await context.close();
		plain.stop();
	},
	async 'looks: axe, 320 px, policy, valid HTML, three languages'(t) {
		const p = await Phone.open(t.browser, t.at('kk'), t.state), ear = new checks.Ear(p.page, t.base), faults = [];
		for (const lang of ['kk', 'ru', 'en']) {
			const r = await p.page.goto(t.at(lang));
			faults.push(...checks.checkPolicy(r.headers()), ...(await checks.checkHtml(await r.text(), lang)));
			await p.up();
			for (const width of lang === 'kk' || shots !== null ? [320, 1280] : [320])
				for (const colorScheme of lang === 'kk' || shots !== null ? ['light', 'dark'] : ['light']) {
					await p.page.setViewportSize({ width, height: width < 600 ? 640 : 900 });
					await p.page.emulateMedia({ colorScheme });
					for (const look of ['ready', 'ok', 'wait', 'no']) {
						await p.page.evaluate((c) => { document.body.className = `door ${c}`; }, look);
						faults.push(...(await checks.checkOverflow(p.page)).map((f) => `${lang} ${width} ${look}: ${f}`));
						if (lang === 'kk' && (width === 320 && colorScheme === 'light' || look === 'ready')) faults.push(...(await checks.checkAxe(p.page)).map((f) => `${width} ${colorScheme} ${look}: ${f}`));
						await p.shot(`${look}.${lang}.${width}.${colorScheme}`);
					}
					for (const d of lang === 'kk' && colorScheme === 'light' && width === 320 ? ['d-more', 'd-last', 'd-list', 'd-wipe', 'd-frames'] : []) {
						await p.page.evaluate((id) => document.getElementById(id).showModal(), d);
						faults.push(...(await checks.checkAxe(p.page)).map((f) => `${width} ${d}: ${f}`), ...(await checks.checkOverflow(p.page)));
						await p.shot(`${d}.${width}`);
						await p.page.evaluate((id) => document.getElementById(id).close(), d);
					}
				}
		}
		same([...faults, ...ear.policy, ...ear.foreign], [], 'faults');
		const m = await p.page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
		same([m.display, m.start_url, m.icons.length], ['standalone', new URL(t.at('en')).pathname, 3], 'manifest');
		for (const i of m.icons) same(await p.page.evaluate(async (src) => (await fetch(src)).status, i.src), 200, i.src);
		await p.close();
	},
};

/* The address of one of the page's modules that is only fetched when it is wanted. */
async function part(page, name) {
	return page.evaluate(async (n) => {
		const worker = await (await caches.open((await caches.keys())[0])).keys();
		return worker.map((r) => r.url).find((u) => u.includes(`/static/${n}.`));
	}, name);
}

/* In the page: how many lists and scans the device holds. */
async function left() {
	const db = await new Promise((go) => { const r = indexedDB.open('shanyraq-door'); r.onsuccess = () => go(r.result); });
	const count = (name) => new Promise((go) => { const r = db.transaction(name).objectStore(name).count(); r.onsuccess = () => go(r.result); });
	const n = [await count('events'), await count('scans')];
	db.close();
	return n;
}

/* A film of one picture: a QR code in the middle of a grey wall, 4:2:0, 640 × 480. */
function y4m(text) {
	const W = 640, H = 480, code = generate(text, { minCorrectionLevel: correction.M }), scale = Math.floor(400 / code.size);
	const y = Buffer.alloc(W * H, 200), x0 = Math.floor((W - code.size * scale) / 2), y0 = Math.floor((H - code.size * scale) / 2);
	for (let r = -4 * scale; r < (code.size + 4) * scale; r++)
		for (let c = -4 * scale; c < (code.size + 4) * scale; c++)
			if (y0 + r >= 0 && y0 + r < H) y[(y0 + r) * W + x0 + c] = code.get(Math.floor(c / scale), Math.floor(r / scale)) ? 20 : 235;
	const frame = Buffer.concat([Buffer.from('FRAME\n'), y, Buffer.alloc(W * H / 2, 128)]);
	return Buffer.concat([Buffer.from(`YUV4MPEG2 W${W} H${H} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

/* ---- all of it ---- */

async function main() {
	const h = await house(binary, 200), { base, event, pinned } = h;
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...FLAGS, pinned] });
	const state = await signIn(browser, base, h), at = (lang) => `${base}/${lang}/door/${event}/phone`;
	const t = { house: h, browser, base, at, event, state, pinned, open: (more) => Phone.open(browser, at('kk'), state, more),
		/* scans of a ticket that the server keeps, or of all */
		stored: (id) => Number(h.sql(`SELECT count(*) FROM scan WHERE event = ${event}${id === undefined ? '' : ` AND ticket = ${id}`};`)) };
	for (const [name, test] of Object.entries(tests)) {
		if (process.env.ONLY && !name.includes(process.env.ONLY)) continue;
		const from = Date.now();
		try {
			await test(t);
			result(name, []);
		} catch (e) {
			result(name, [e.message]);
		}
		console.log(`# ${((Date.now() - from) / 1000).toFixed(1)} s`);
	}
	await browser.close();
	h.stop();
	console.log(`1..${tap.n}`);
	console.log(`${tap.passed} passed, ${tap.failed} failed`);
	process.exitCode = tap.failed > 0 || tap.n === 0 ? 1 : 0;
}

await main();
