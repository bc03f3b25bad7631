/* relief.mjs – one headquarters from its opening to the year's report, in Chromium against the real binary over TLS, in
 * Kazakh, scripts off but on the driver's telephone: opened, ten needs taken, a donation received, a waybill made and loaded,
 * handed over with a drawn signature without network, a meal cooked and handed out, a household let into a centre, all that
 * is open ended, closed – and every figure of the report is the database's and opens to its records. TAP, and a last line
 * "N passed, N failed".
 *
 *   node relief.mjs BINARY */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { chromium } from 'playwright-core';
import * as checks from './checks.mjs';
import { house, signIn, TODAY } from './door_house.mjs';

const binary = path.resolve(process.argv[2] ?? '');
const h = await house(binary, 0, true), base = h.base;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', h.pinned] });
const tap = { n: 0, failed: 0 };
function ok(name, yes, said) {
	if (!yes) tap.failed++;
	console.log(`${yes ? 'ok' : 'not ok'} ${++tap.n} - relief: ${name}`);
	if (!yes && said !== undefined) console.log(`# ${JSON.stringify(said)}`);
}
const same = (name, got, want) => ok(name, JSON.stringify(got) === JSON.stringify(want), { got, want });
const day = TODAY.split('-').reverse().join('.'), year = TODAY.slice(0, 4);
/* Some hours ago, today: one of the ten was asked then. */
const local = new Date(Date.now() + 5 * 3600e3), AGO = Math.min(3, local.getUTCHours());
const asked_at = `${day} ${new Date(local - AGO * 3600e3).toISOString().slice(11, 16)}`;
const id = (sql) => Number(h.sql(sql));
const held = (account, item) => id(`SELECT coalesce(sum(balance), 0) FROM stock_now n JOIN stock_account a ON a.id = n.account JOIN stock_item i
	ON i.id = n.item WHERE a.code = '${account}' AND i.code = '${item}';`);

async function desk(login, more = {}) {
	const context = await browser.newContext({ storageState: await signIn(browser, base, h, login), javaScriptEnabled: false, ...more });
	const page = await context.newPage();
	page.setDefaultTimeout(10000);
	return page;
}

/* The form of the page that posts there: what a person sees of it is filled in and its button pressed. The status is the
 * answer's after redirects. */
async function send(page, at, end, fields = {}, button = 'button[type=submit]:not([name])') {
	if (at !== null) await page.goto(`${base}/kk${at}`);
	const form = page.locator(`form[method=post][action$="${end}"], form[method=post][action*="${end}?"]`).first();
	if (await form.count() === 0) throw new Error(`no form ${end} on ${page.url()}: ${await page.textContent('h1')}`);
	for (const d of await form.locator('xpath=ancestor-or-self::*/descendant-or-self::details').all())
		if (await d.getAttribute('open') === null) await d.locator('summary').first().click();
	for (const [name, value] of Object.entries(fields)) {
		const all = form.locator(`[name="${name}"]`), one = all.first();
		const what = await one.evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type));
		if (what === 'select') await one.selectOption(value);
		else if (what === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
		else if (what === 'checkbox') await one.check();
		else await one.fill(value);
	}
	const [answer] = await Promise.all([page.waitForNavigation(), form.locator(button).last().click()]);
	return answer.status();
}
async function done(page, at, end, fields, button) {
	const status = await send(page, at, end, fields, button);
	if (status !== 200) throw new Error(`${end}: ${status}, ${await page.innerText('main')}`);
}

/* ---- opened ---- */

async function open(head) {
	const chief = h.sql('SELECT surname FROM person ORDER BY id LIMIT 1;');
	await done(head, '/relief/new', '/relief/new', { code: 'way', name_kk: 'Сынақ тасқынының штабы', emergency: 'flood', opened_on: day,
		act: '№ 7 шешім', hotline: '+7 713 200 00 07', chief_q: chief }, 'button[name=_find][value=chief]').catch((e) => {
		if (!e.message.includes(': 4')) throw e; /* the form stands again, with those who were found */
	});
	same('the search for the chief keeps what was typed', await head.inputValue('[name=name_kk]'), 'Сынақ тасқынының штабы');
	const found = head.locator('input[type=radio][name=chief]:not([value=""])').first();
	ok('the chief is found by surname', await found.count() === 1, await head.innerText('main'));
	await found.check();
	await done(head, null, '/relief/new', { emergency: 'flood' });
	const hq = id("SELECT id FROM headquarters WHERE code = 'way' AND state = 'open' AND chief IS NOT NULL;");
	ok('the headquarters is open', hq > 0, head.url());
	for (const [code, name, purpose, more] of [['store-main', 'Негізгі қойма', 'store', {}], ['way-kitchen', 'Сынақ асханасы', 'kitchen', {}],
		['way-centre', 'Сынақ орталығы', 'centre', { capacity: '40' }]])
		await done(head, `/relief/${hq}/places/new`, '/places/new', { code, name_kk: name, purpose, ...more });
	await head.goto(`${base}/kk/relief/${hq}/about`);
	const text = await head.innerText('main');
	ok('its places stand on its page', ['Негізгі қойма', 'Сынақ асханасы', 'Сынақ орталығы'].every((w) => text.includes(w)), text);
	same('the store is the one that was there', h.sql("SELECT count(*) FROM stock_account WHERE code = 'store-main';"), '1');
	return hq;
}

/* ---- ten needs ---- */

const GROUND = { place: 'Сынақ ауылы', note: 'Өзен көшесі 5' };

async function needs(head, hq) {
	const district = h.sql("SELECT id FROM district WHERE level = 'district' ORDER BY id LIMIT 1;");
	const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false }), asker = await context.newPage();
	await asker.goto(`${base}/kk/`);
	ok('the home page leads to the form', await asker.locator('.sos a[href="/kk/need"]').count() === 1, await asker.innerText('main'));
	await done(asker, '/need', '/kk/need', { name: 'Үлгіұлы Ғани', phone: '+7 701 000 11 22', district, ...GROUND, people: '4', children: '2', urgency: 'now',
		what: 'су, нан' });
	same('the public form: 320 px', await checks.checkOverflow(asker), []);
	const code = (await asker.innerText('.code')).replace(/\D/g, '');
	ok('the asker gets nine digits and is told that it came', /^\d{9}$/.test(code) && (await asker.innerText('.state')).includes('Қабылданды'), await asker.innerText('main'));
	const all = [id('SELECT max(id) FROM need;')];
	for (let i = 0; i < 9; i++) {
		const what = i === 0 ? { item0: 'water_bottled', q0: '20', item1: 'bread', q1: '5', item2: 'flour', q2: '10', asked_at } : { item0: 'blanket', q0: String(i) };
		await done(head, `/relief/${hq}/desk`, '/desk', { name: `Мысалова Әлия ${i}`, phone: `+7 701 000 22 0${i}`, district, ...GROUND, people: '3', children: '1',
			urgency: 'today', channel: 'desk', ...what });
		all.push(id('SELECT max(id) FROM need;'));
	}
	same('ten needs, one public', h.sql(`SELECT count(*), sum(channel = 'public') FROM need WHERE headquarters = ${hq};`), '10|1');
	await head.goto(`${base}/kk/relief/${hq}`);
	const board = await head.locator('main a[href*="/needs/"]').evaluateAll((a) => new Set(a.map((x) => x.pathname)).size);
	ok('the board shows ten', board >= 10, board);
	return { code, asker, all };
}

/* ---- a donation ---- */

const GIFT = [['water_bottled', '100'], ['bread', '60'], ['flour', '50'], ['rice', '10'], ['meat', '8'], ['onion', '2,5'], ['oil', '2'], ['salt', '0,5']];
const PERISH = ['bread', 'meat'];

async function gift(head) {
	const before = GIFT.map(([item]) => held('store-main', item));
	await done(head, '/charity/donors/new', '/charity/donors/new', { type: 'company', company: '«Сынақ Жомарт» ЖШС' });
	const donor = h.sql('SELECT max(id) FROM donor;'), drive = h.sql("SELECT max(id) FROM drive WHERE state = 'open';");
	await head.goto(`${base}/kk/charity/receipts/new`);
	ok('the receipt says where a new lot is made', await head.locator('main a[href="/kk/stock/lots/new"]').count() === 1);
	const good = new Date(Date.now() + 9 * 864e5).toISOString().slice(0, 10).split('-').reverse().join('.');
	for (const [item] of GIFT.filter(([i]) => PERISH.includes(i))) {
		await done(head, '/stock/lots/new', '/stock/lots/new', { code: `way-${item}`, item: h.sql(`SELECT id FROM stock_item WHERE code = '${item}';`), expires: good });
		same(`back at the receipt with the lot of ${item}`, [await head.inputValue('#f-item0'), await head.inputValue('#f-lot0')], [item, `way-${item}`]);
	}
	await done(head, '/charity/pledges/new', '/charity/pledges/new', { donor, drive, item: 'sugar', quantity: '30' });
	const lines = Object.fromEntries(GIFT.flatMap(([item, q], i) => [[`item${i}`, item], [`q${i}`, q], ...(PERISH.includes(item) ? [[`lot${i}`, `way-${item}`]] : [])]));
	await done(head, '/charity/receipts/new', '/charity/receipts/new', { donor, drive, store: 'store-main', ...lines });
	ok('a donation makes its receipt', /\/charity\/receipts\/\d+/.test(head.url()), head.url());
	same('goods lie in the store', GIFT.map(([item], i) => held('store-main', item) - before[i]), [100000, 60, 50000, 10000, 8000, 2500, 2000, 500]);
}

/* ---- a way ---- */

async function load(head, hq, all) {
	for (const need of all.slice(0, 2))
		for (const step of ['check', 'assign']) await done(head, `/needs/${need}`, `/step/${step}`);
	await done(head, '/vehicles/new', '/vehicles/new', { plate: '777WAY04', type: 'van', company: '«Сынақ Жол»' });
	await done(head, `/relief/${hq}/waybills/new`, '/waybills/new', { vehicle: h.sql('SELECT max(id) FROM vehicle;'), driver: h.sql("SELECT id FROM account WHERE login = 'driver';"),
		store: h.sql("SELECT id FROM stock_account WHERE code = 'store-main';"), [`n${all[0]}`]: '1', [`n${all[1]}`]: '1' });
	const waybill = Number(/waybills\/(\d+)/.exec(head.url())?.[1]), stop = id(`SELECT id FROM waybill_stop WHERE waybill = ${waybill} AND need = ${all[0]};`);
	await done(head, `/waybills/stops/${stop}`, '/lines', { item0: 'bread', fresh0: '6', item1: 'water_bottled', fresh1: '12' });
	await done(head, `/waybills/${waybill}`, '/load');
	same('loaded: bread, water, flour are on the vehicle', [h.sql(`SELECT state FROM waybill WHERE id = ${waybill};`),
		...['bread', 'water_bottled', 'flour'].map((item) => held(`vehicle-${h.sql('SELECT max(id) FROM vehicle;')}`, item))], ['loaded', 11, 32000, 10000]);
	return waybill;
}

async function up(page) {
	await page.waitForSelector('body[data-ready=yes]');
	await page.waitForSelector('body[data-offline]');
}
async function sign(page) {
	await page.locator('#pad').scrollIntoViewIfNeeded();
	const box = await page.locator('#pad').boundingBox();
	await page.mouse.move(box.x + 30, box.y + 60);
	await page.mouse.down();
	for (let i = 1; i <= 12; i++) await page.mouse.move(box.x + 30 + i * 12, box.y + 60 + (i % 2 === 0 ? -18 : 18));
	await page.mouse.up();
}

async function deliver(waybill) {
	const page = await desk('driver', { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce', javaScriptEnabled: true });
	await page.goto(`${base}/kk/driver/${waybill}/phone`);
	await up(page);
	await page.context().setOffline(true);
	await page.reload();
	await up(page);
	for (const [i, receiver] of ['Үлгіұлы Ғани', 'Мысалова Әлия'].entries()) {
		await page.locator(`#stops > li:nth-child(${i + 1}) button[data-way=handed]`).click();
		await page.waitForSelector('#d-act[open]');
		await page.fill('#act-receiver', receiver);
		await sign(page);
		await page.click('#act-go');
		await page.waitForSelector('#d-act:not([open])', { state: 'attached' });
	}
	same('two acts wait on the telephone, none is sent', [await page.getAttribute('#queue', 'data-n'), id(`SELECT count(*) FROM delivery_act WHERE waybill = ${waybill};`)], ['2', 0]);
	await page.context().setOffline(false);
	await page.waitForFunction(() => document.getElementById('queue').dataset.n === '0', null, { timeout: 20000 });
	same('each act once, signed', h.sql(`SELECT count(*), sum(result = 'handed'), sum(mark = 'drawn'), sum(fault IS NULL) FROM delivery_act WHERE waybill = ${waybill};`), '2|2|2|2');
	same('the waybill is done, the vehicle empty', [h.sql(`SELECT state FROM waybill WHERE id = ${waybill};`), held(`vehicle-${h.sql('SELECT max(id) FROM vehicle;')}`, 'bread')], ['done', 0]);
	await page.context().close();
}

/* ---- a meal, a household ---- */

async function meal(head, hq) {
	const stock = GIFT.slice(3), place = (code) => h.sql(`SELECT id FROM relief_place WHERE code = '${code}' AND headquarters = ${hq};`);
	same('which lot of meat goes to the kitchen is proposed', [await send(head, '/stock/move?type=transfer', '/stock/move', { from: 'store-main', to: 'way-kitchen',
		...Object.fromEntries(stock.flatMap(([item, q], i) => [[`item${i}`, item], [`q${i}`, q]])) }), await head.inputValue('#f-lot1')], [422, 'way-meat']);
	await done(head, null, '/stock/move');
	await done(head, `/relief/${hq}/meals/cook`, '/meals/cook', { recipe: h.sql("SELECT id FROM recipe WHERE code = 'hot_plov';"), portions: '100', temperature: '80',
		place: place('way-kitchen'), meal: 'lunch' });
	const batch = head.url().replace(/[?#].*/, '').replace(`${base}/kk`, '');
	same('the batch took what the recipe says', stock.map(([item]) => held('way-kitchen', item)), [0, 0, 0, 0, 0]);
	for (const [portions, receivers] of [['55', 'evacuees'], ['45', 'rescuers']])
		await done(head, batch, '/hand', { portions, temperature: '70', receivers, to: place('way-centre') });
	same('100 portions went to two groups', h.sql("SELECT receivers || ' ' || portions FROM meal_serving ORDER BY id DESC LIMIT 2;").split('\n').sort(), ['evacuees 55', 'rescuers 45']);
}

async function shelter(head, hq) {
	await done(head, `/relief/${hq}/arrivals`, '/arrivals', { child_f: '2', adult_f: '1', adult_m: '1', name: 'Сынақова Іңкәр', phone: '+7 701 000 33 44',
		place: h.sql(`SELECT id FROM relief_place WHERE code = 'way-centre' AND headquarters = ${hq};`) });
	const code = h.sql('SELECT code FROM household ORDER BY id DESC LIMIT 1;');
	ok('the desk shows the code of the slip and how full the centre is', (await head.innerText('.bigfig')).replace(/\D/g, '') === code, await head.innerText('main'));
	await head.goto(`${base}/kk/relief/${hq}/close`);
	ok('the closing page says who is still in a centre', /Орталықтардағы адамдар\s+4/.test(await head.innerText('section:has(#open)')), await head.innerText('section:has(#open)'));
	await done(head, `/relief/${hq}/arrivals`, '/arrivals/find', { code });
	await done(head, null, '/leave', { where_to: 'home' });
	same('the household has left', h.sql('SELECT count(*), sum(left_at IS NULL) FROM stay WHERE household = (SELECT max(id) FROM household);'), '1|0');
}

/* ---- closed ---- */

async function close(head, hq, all) {
	same('with needs open it is not closed', [await send(head, `/relief/${hq}/close`, '/close', { reason: 'Су кетті' }), h.sql(`SELECT state FROM headquarters WHERE id = ${hq};`)], [409, 'open']);
	ok('what hinders is said, the reason kept', (await head.innerText('main')).includes('8 өтінім') && await head.inputValue('#f-reason') === 'Су кетті', await head.innerText('main'));
	for (const [i, need] of all.slice(2).entries()) await done(head, `/needs/${need}`, i < 5 ? '/step/refuse' : '/step/close', { reason: i < 5 ? 'Көрпе жетпеді' : 'Өздері тапты' });
	await head.goto(`${base}/kk/relief/${hq}/close`);
	const said = await head.locator('section:has(#figures) li').evaluateAll((a) => a.map((li) => li.querySelector('strong').textContent.replace(/\s/g, '')));
	same('the closing page: needs, delivered, refused, closed; sheltered, meals, kilograms', [...said.slice(0, 4), ...said.slice(5)], ['10', '2', '5', '3', '4', '100', '71кг', '10кг']);
	same('its figures open', await follow(head, 'section:has(#figures) a'), [true, []]);
	await done(head, null, '/close', { day, reason: 'Су кетті' });
	same('closed', h.sql(`SELECT state || ' ' || close_reason FROM headquarters WHERE id = ${hq};`), 'closed Су кетті');
}

/* Opens each link there; those whose page is not there. */
async function follow(page, under) {
	const all = new Set(await page.locator(under).evaluateAll((a) => a.map((x) => x.href))), bad = [], own = await page.context().newPage();
	for (const at of all) {
		const status = (await own.goto(at)).status();
		if (status !== 200) bad.push([at, status]);
	}
	await own.close();
	return [all.size > 0, bad];
}

async function asked(asker, code) {
	await asker.goto(`${base}/kk/need/code`);
	await asker.fill('[name=code]', code);
	await Promise.all([asker.waitForNavigation(), asker.click('form[action$="/need/code"] button')]);
	same('the asker reads «Жеткізілді» by the code', (await asker.innerText('.state')).replace('.', ''), 'Жеткізілді');
}

/* ---- the year's report ---- */

const IN_YEAR = `BETWEEN ${year}0101 AND ${year}1231`;
const GRAMS = "JOIN stock_item i ON i.id = l.item AND i.base = 'g'";
const OF_YEAR = {
	needs: `SELECT count(*) FROM need WHERE asked_on ${IN_YEAR};`,
	needs_hours: `SELECT avg(hours) FROM need WHERE state = 'delivered' AND ended_on ${IN_YEAR};`,
	relief_sheltered: `SELECT sum(under5_f + under5_m + child_f + child_m + adult_f + adult_m + elder_f + elder_m) FROM stay WHERE arrived_on ${IN_YEAR};`,
	hot_meals: `SELECT sum(portions) FROM meal_serving WHERE withdrawn = 0 AND day ${IN_YEAR};`,
	relief_goods_pledged: `SELECT coalesce(sum(l.quantity), 0) FROM pledge l ${GRAMS} WHERE l.withdrawn_on IS NULL AND l.day ${IN_YEAR};`,
	relief_goods_received: `SELECT sum(l.quantity) FROM charity_receipt c JOIN movement_line l ON l.movement = c.movement AND l.quantity > 0 ${GRAMS} WHERE c.day ${IN_YEAR};`,
	relief_goods: `SELECT sum(l.quantity) FROM delivery_act a JOIN delivery_act_line l ON l.act = a.id ${GRAMS} WHERE a.result IN ('handed', 'partly') AND a.fault IS NULL AND a.undone_at IS NULL AND a.day ${IN_YEAR};`,
	vehicles: `SELECT count(DISTINCT vehicle) FROM waybill WHERE loaded_on ${IN_YEAR};`,
	volunteers: `SELECT count(DISTINCT volunteer) FROM shift_signup WHERE minutes IS NOT NULL AND day ${IN_YEAR};`,
	volunteer_hours: `SELECT coalesce(sum(hours), 0) FROM shift_signup WHERE minutes IS NOT NULL AND day ${IN_YEAR};`,
};
const number = (text) => Number(text.replace(/[^\d,]/g, '').replace(',', '.')) * (text.endsWith('кг') ? 1000 : text.endsWith('т') ? 1e6 : 1);

async function report(head) {
	await head.goto(`${base}/kk/report?year=${year}`);
	const rows = await head.locator('main td:nth-of-type(1) a.n').evaluateAll((all) => all.map((a) => ({ at: a.href, text: a.textContent.trim(), code: /figures\/([a-z_]+)/.exec(a.pathname)?.[1] })));
	for (const [code, sql] of Object.entries(OF_YEAR)) {
		const row = rows.find((r) => r.code === code);
		if (row === undefined) {
			ok(`the report has ${code}`, false, rows.map((r) => r.code));
			continue;
		}
		same(`${code} of the report is the database's`, number(row.text), id(sql));
		const status = (await head.goto(row.at)).status(), value = (await head.locator('main a[href="#records"]').first().innerText()).trim();
		same(`${code} opens and says the same`, [status, value], [200, row.text]);
		if (!code.startsWith('volunteer')) same(`${code} leads to its records`, await follow(head, 'main td a[href^="/kk/"], main th a[href^="/kk/"]'), [true, []]);
	}
}

const head = await desk('head');
try {
	const hq = await open(head), t = await needs(head, hq);
	await gift(head);
	await deliver(await load(head, hq, t.all));
	await meal(head, hq);
	await shelter(head, hq);
	await close(head, hq, t.all);
	await asked(t.asker, t.code);
	await report(head);
	const run = (...args) => spawnSync(binary, args).stdout.toString();
	const ledger = run('ledger', 'check', '--db', h.db), verify = run('verify', '--db', h.db);
	ok('the ledger is balanced', /^balanced \d+ sets$/.test(ledger.trim().split('\n').at(-1)), ledger.slice(-300));
	ok('verify is clean', /, 0 differences/.test(verify), verify.slice(-300));
} catch (e) {
	ok('to the end', false, [e.message.slice(0, 600), browser.contexts().flatMap((c) => c.pages().map((p) => p.url())), e.stack.split('\n').filter((l) => l.includes('relief.mjs')).slice(0, 3)]);
}
await browser.close();
h.stop();
console.log(`1..${tap.n}`);
console.log(`${tap.n - tap.failed} passed, ${tap.failed} failed`);
process.exitCode = tap.failed > 0 || tap.n === 0 ? 1 : 0;
