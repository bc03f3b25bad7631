/* driver.mjs – the driver's page on a telephone, in Chromium against the real binary over TLS: a headquarters loads a waybill
 * for two families, the telephone takes it along, the network goes, both are served and sign, the network comes back: each
 * act is there once, goods and needs have followed, and nothing that names a family is left on the telephone. TAP, and a last line "N passed,
 * N failed".
 *
 *   node driver.mjs BINARY [--shots DIR] */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import * as checks from './checks.mjs';
import { house, signIn, TODAY } from './door_house.mjs';

const shots = process.argv[3] === '--shots' ? process.argv[4] : null;
const h = await house(path.resolve(process.argv[2] ?? ''), 1), base = h.base;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', h.pinned] });
const tap = { n: 0, failed: 0 };
function ok(name, yes, said) {
	if (!yes) tap.failed++;
	console.log(`${yes ? 'ok' : 'not ok'} ${++tap.n} - driver: ${name}`);
	if (!yes && said !== undefined) console.log(`# ${JSON.stringify(said)}`);
}
const same = (name, got, want) => ok(name, JSON.stringify(got) === JSON.stringify(want), { got, want });
const day = TODAY.split('-').reverse().join('.');

async function desk(login, more = {}) {
	const context = await browser.newContext({ storageState: await signIn(browser, base, h, login), ...more });
	const page = await context.newPage();
	page.setDefaultTimeout(10000);
	return page;
}
/* The page's own form, with these fields, and sent. */
async function send(page, at, action, fields) {
	await page.goto(`${base}/kk${at}`);
	if (await page.locator(`form[method=post][action*="${action}"]`).count() === 0) throw new Error(`no form ${action} on ${at}: ${await page.textContent('h1')}`);
	const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate(([end, fields]) => {
		const form = [...document.querySelectorAll('form[method=post]')].find((f) => new URL(f.action).pathname.endsWith(end));
		for (const [name, value] of Object.entries(fields)) {
			const all = [...form.elements].filter((e) => e.name === name), own = all.filter((e) => e.type !== 'radio' || e.value === value);
			for (const e of all) e.checked = false;
			if (own.length === 0) form.append(Object.assign(document.createElement('input'), { name, value, type: 'hidden' }));
			else if (own[0].type === 'radio' || own[0].type === 'checkbox') own[0].checked = true;
			else own[0].value = value;
		}
		form.submit();
	}, [action, fields])]);
	if (answer.status() >= 400) throw new Error(`${action}: ${answer.status()}, ${await page.textContent('main')}`);
	return page.url();
}
async function shot(page, name) {
	if (shots === null) return;
	mkdirSync(shots, { recursive: true });
	await page.screenshot({ path: path.join(shots, `driver-${name}.png`), fullPage: true });
}

/* ---- the headquarters: two needs, one waybill ---- */

const FAMILIES = [['Айбекова Үміт', '+7 701 000 11 22', 3], ['Іңкәрбеков Ғани', '+7 701 000 33 44', 2]];

async function prepare() {
	const head = await desk('head'), id = (sql) => Number(h.sql(sql));
	const place = id("SELECT min(id) FROM district WHERE level = 'district';");
	await send(head, '/relief/new', '/relief/new', { code: 'flood-way', name_kk: 'Тасқын штабы', emergency: 'flood', opened_on: day,
		act: '№ 1 шешім', chief: id('SELECT min(id) FROM person;') });
	const hq = id("SELECT id FROM headquarters WHERE code = 'flood-way';");
	await send(head, '/vehicles/new', '/vehicles/new', { plate: '123ABC04', type: 'truck', company: 'Жол' });
	await send(head, '/stock/move?type=receipt', '/stock/move', { from: 'donor', to: 'store-main', item0: 'blanket', q0: '10' });
	for (const [name, phone, n] of FAMILIES) {
		await send(head, `/relief/${hq}/desk`, '/desk', { channel: 'desk', name, phone, district: place, place: 'Көктерек', note: 'Өзен көшесі 5',
			people: '4', children: '2', urgency: 'now', item0: 'blanket', q0: String(n) });
		const need = id('SELECT max(id) FROM need;');
		for (const step of ['check', 'assign']) await send(head, `/needs/${need}`, `/step/${step}`, {});
	}
	const needs = h.sql("SELECT id FROM need WHERE state = 'assigned' ORDER BY id DESC LIMIT 2;").split('\n').reverse();
	const at = await send(head, `/relief/${hq}/waybills/new`, '/waybills/new', { vehicle: id('SELECT max(id) FROM vehicle;'),
		driver: id("SELECT id FROM account WHERE login = 'driver';"), store: id("SELECT id FROM stock_account WHERE code = 'store-main';"),
		[`n${needs[0]}`]: '1', [`n${needs[1]}`]: '1' });
	const waybill = Number(/waybills\/(\d+)/.exec(at)?.[1]);
	const before = [held('household'), held('store-main')];
	await send(head, `/waybills/${waybill}`, '/load', {});
	return { head, hq, waybill, needs, before };
}

/* ---- the telephone ---- */

async function up(page) {
	await page.waitForSelector('body[data-ready=yes]');
	await page.waitForSelector('body[data-offline]');
}

async function sign(page) {
	const box = await page.locator('#pad').boundingBox();
	await page.mouse.move(box.x + 30, box.y + 60);
	await page.mouse.down();
	for (let i = 1; i <= 12; i++) await page.mouse.move(box.x + 30 + i * 12, box.y + 60 + (i % 2 === 0 ? -18 : 18));
	await page.mouse.up();
}

async function act(page, stop, way, fill = {}) {
	await page.locator(`#stops > li:nth-child(${stop}) button[data-way=${way}]`).click();
	await page.waitForSelector('#d-act[open]');
	for (const [id, text] of Object.entries(fill)) await page.fill(`#${id}`, text);
	if (way === 'handed') await sign(page);
	await page.click('#act-go');
	await page.waitForSelector('#d-act:not([open])', { state: 'attached' });
}
const queue = (page) => page.getAttribute('#queue', 'data-n').then(Number);
const acts = (t) => h.sql(`SELECT result || ' ' || mark || ' ' || coalesce(fault, 'counts') FROM delivery_act WHERE waybill = ${t.waybill} ORDER BY at;`)
	.split('\n').filter(Boolean);
const state = (t) => h.sql(`SELECT state FROM waybill WHERE id = ${t.waybill};`);

const held = (account) => Number(h.sql(`SELECT coalesce(sum(balance), 0) FROM stock_now n JOIN stock_account a ON a.id = n.account JOIN stock_item i
	ON i.id = n.item WHERE a.code = '${account}' AND i.code = 'blanket';`));

/* In the page: what the telephone holds, as one text. */
async function kept() {
	const db = await new Promise((go) => { const r = indexedDB.open('shanyraq-driver'); r.onsuccess = () => go(r.result); });
	const all = (name) => new Promise((go) => { const r = db.transaction(name).objectStore(name).getAll(); r.onsuccess = () => go(r.result); });
	const text = JSON.stringify([await all('routes'), await all('acts')]);
	db.close();
	return text;
}

async function way(t) {
	const page = await desk('driver', { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' }), faults = [];
	page.on('pageerror', (e) => faults.push(e.message));
	await page.goto(`${base}/kk/driver/${t.waybill}/phone`);
	await up(page);
	const shown = await page.textContent('#stops');
	ok('the route names its families to its driver', FAMILIES.every(([name, phone]) => shown.includes(name) && shown.includes(phone)), shown);
	const shell = await page.evaluate(async (at) => (await (await caches.match(at)).text()), page.url());
	ok('the shell that the worker keeps names nobody', FAMILIES.every(([name]) => !shell.includes(name)));
	await shot(page, 'route');
	const looks = [...await checks.checkOverflow(page), ...await checks.checkAxe(page)];
	await page.locator('#stops > li:nth-child(1) button[data-way=handed]').click();
	looks.push(...await checks.checkOverflow(page), ...await checks.checkAxe(page));
	await page.click('#act-go');
	ok('nothing is handed over without a signature', (await page.textContent('#act-error')) !== '' && await queue(page) === 0);
	await shot(page, 'sign');
	await page.click('#d-act [data-close]');
	same('looks: 320 px, axe', looks, []);
	await page.context().setOffline(true);
	await page.reload();
	await up(page);
	ok('the route is there without network', (await page.textContent('#stops')).includes(FAMILIES[1][0]));
	await act(page, 1, 'handed', { 'act-receiver': 'Айбекова Үміт' });
	await act(page, 2, 'absent');
	await act(page, 2, 'handed', { 'act-q0': '1', 'act-reason': 'Біреуі жыртық', 'act-receiver': 'Іңкәрбеков Ғани' });
	same('three acts wait', await queue(page), 3);
	ok('they are on the disk, signed', ((await page.evaluate(kept)).match(/"signature":"iVBOR/g) ?? []).length === 2);
	same('nothing was sent', acts(t), []);
	await shot(page, 'waits');
	await page.reload();
	await up(page);
	same('they wait after the page was opened again', await queue(page), 3);
	await page.click('#b-wipe');
	ok('what was not sent cannot be wiped', await page.isHidden('#wipe-yes'));
	await page.click('#d-wipe [data-close]');
	/* The answer of the first upload is lost on its way: it is sent again and is there once. */
	await page.evaluate(() => {
		const real = window.fetch;
		window.lost = 0;
		window.fetch = async (at, options) => {
			const r = await real(at, options);
			if (String(at).endsWith('/acts') && r.ok && window.lost++ === 0) throw new TypeError('lost');
			return r;
		};
	});
	await page.context().setOffline(false);
	await page.waitForFunction(() => document.getElementById('queue').dataset.n === '0', null, { timeout: 20000 });
	ok('the first answer was lost', await page.evaluate(() => window.lost) > 1);
	same('each act once', acts(t), ['handed drawn counts', 'absent none counts', 'partly drawn counts']);
	same('signatures lie sealed', [h.sql(`SELECT count(*) FROM delivery_mark m JOIN delivery_act a ON a.id = m.act WHERE a.waybill = ${t.waybill};`), h.sql("SELECT count(*) FROM delivery_mark WHERE CAST(box AS TEXT) LIKE '%JFIF%';")], ['2', '0']);
	ok('sent acts keep no name and no signature', !/signature":"|receiver":"/.test(await page.evaluate(kept)));
	const other = await second(t);
	await act(page, 2, 'returned', { 'act-reason': 'Қабылдамады' });
	await page.waitForFunction(() => document.querySelector('#stops').children.length === 0, null, { timeout: 15000 });
	same('the waybill is done', state(t), 'done');
	same('nothing is left on the telephone', await page.evaluate(kept), '[[],[]]');
	const vehicle = `vehicle-${h.sql('SELECT max(id) FROM vehicle;')}`;
	same('goods: to hands, back, none on the vehicle', [held('household') - t.before[0], held('store-main') - t.before[1], held(vehicle)], [4, -4, 0]);
	same('needs', h.sql(`SELECT state FROM need WHERE id IN (${t.needs.join()}) ORDER BY id;`).split('\n'), ['delivered', 'assigned']);
	same('quiet', faults, []);
	await page.goto(`${base}/kk/driver`);
	ok('the family is gone from the driver\'s pages', !(await page.content()).includes(FAMILIES[0][0]));
	await page.context().close();
	await refused(t, other);
}

/* A second telephone of the same driver, without network from here on. */
async function second(t) {
	const page = await desk('driver', { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
	await page.goto(`${base}/kk/driver/${t.waybill}/phone`);
	await up(page);
	await page.context().setOffline(true);
	return page;
}

/* It hands over what the first has brought back. Before that is sent the role ends, which the server tells nobody who is not signed in; then the waybill is another driver's; then
 * all is as it was, and the act comes too late. */
async function refused(t, page) {
	const role = (until) => h.sql(`UPDATE account_role SET until = ${until} WHERE role = 'driver';`);
	const driver = (login) => h.sql(`UPDATE waybill SET driver = (SELECT id FROM account WHERE login = '${login}') WHERE id = ${t.waybill};`);
	const names = async () => {
		const text = await page.textContent('body');
		return FAMILIES.some((f) => [f[0], f[1]].some((x) => text.includes(x))) || /"stops"/.test(await page.evaluate(kept));
	};
	await act(page, 2, 'handed');
	same('it waits on the second telephone', await queue(page), 1);
	role('20200101');
	await page.context().setOffline(false);
	await page.waitForSelector('#sign-in:not([hidden])');
	ok('the role has ended: what waits stands at its stop', await queue(page) === 1 && await page.locator('#stops > li:nth-child(2) .waits').count() === 1);
	await shot(page, 'role');
	role('NULL');
	driver('head');
	for (const when of ['', ', the page opened again']) {
		if (when === '') await page.click('#b-send');
		await page.reload();
		await up(page);
		await page.waitForFunction(() => document.querySelectorAll('#stops .waits').length === 1, null, { timeout: 15000 });
		ok(`given to another driver${when}: what waits is said, nobody is named`, !await names() && await queue(page) === 1
			&& /№ 2, .*: 1 /.test(await page.textContent('#stops .waits')), await page.textContent('main'));
	}
	ok('no advice that does not help: to sign in again', await page.isHidden('#sign-in'));
	await page.click('#b-wipe');
	ok('what was not sent is wiped by nothing', await page.isHidden('#wipe-yes'));
	await page.click('#d-wipe [data-close]');
	same('given to another driver: looks', [...await checks.checkOverflow(page), ...await checks.checkAxe(page)], []);
	await shot(page, 'refused');
	driver('driver');
	await page.click('#b-send');
	await page.waitForFunction(() => document.querySelectorAll('#stops .bad').length === 1, null, { timeout: 15000 });
	ok('what came too late says so when the waybill is over, too', !await names() && await queue(page) === 0);
	same('two telephones: the later counts for nothing', acts(t).filter((a) => !a.endsWith('counts')), ['handed drawn over']);
	await shot(page, 'late');
	await page.context().close();
}

/* ---- the auditor ---- */

async function audit(t) {
	const page = await desk('auditor'), code = h.sql(`SELECT code FROM waybill WHERE id = ${t.waybill};`);
	await page.goto(`${base}/kk/relief/${t.hq}/chain?q=${encodeURIComponent(code)}`);
	const text = await page.textContent('main');
	ok('box to hand in one page, without names', /123ABC04/.test(text) && text.includes(code) && FAMILIES.every(([name]) => !text.includes(name)), text.slice(0, 300));
	same('the chain: looks', [...await checks.checkOverflow(page), ...await checks.checkAxe(page)], []);
	await shot(page, 'chain');
	await page.context().close();
	const driver = h.sql("SELECT name FROM account WHERE login = 'driver';");
	for (const at of ['', `/acts/${h.sql(`SELECT max(id) FROM delivery_act WHERE waybill = ${t.waybill};`)}`]) {
		await t.head.goto(`${base}/kk/waybills${at === '' ? `/${t.waybill}` : at}`);
		ok(`waybill${at === '' ? '' : ', act'}: its driver by name`, (await t.head.locator('dl.facts').allTextContents()).join(' ').includes(driver), driver);
	}
	for (const paper of ['paper', 'list']) {
		await t.head.goto(`${base}/kk/waybills/${t.waybill}/${paper}`);
		same(`${paper}: looks`, [...await checks.checkOverflow(t.head), ...await checks.checkAxe(t.head)], []);
		await shot(t.head, paper);
	}
}

try {
	const t = await prepare();
	same('loaded', state(t), 'loaded');
	await way(t);
	await audit(t);
} catch (e) {
	ok('goes its way', false, e.message);
} finally {
	await browser.close();
	h.stop();
}
console.log(`1..${tap.n}`);
console.log(`${tap.n - tap.failed} passed, ${tap.failed} failed`);
process.exitCode = tap.failed > 0 || tap.n === 0 ? 1 : 0;
