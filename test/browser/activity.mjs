/* activity.mjs – one event from plan to proof, in Chromium against the real binary over TLS: planned and approved by
 * three steps, registration opened, five people signed up, the sheet printed, three let in by two telephones without
 * network (both see one ticket), two typed from paper, held, reported – and the year's figures have moved by
 * exactly one event and five attendances. TAP, and a last line "N passed, N failed".
 *
 *   node activity.mjs BINARY */
import path from 'node:path';
import { chromium } from 'playwright-core';
import { house, signIn } from './door_house.mjs';

const BODY = 'Ақсақалдар кеңесі', DAY = '15.11.2024';
const GUESTS = ['Әлия Сынақ', 'Болат Сынақ', 'Гүлнар Сынақ', 'Ғалым Сынақ', 'Іңкәр Сынақ'];
const h = await house(path.resolve(process.argv[2] ?? ''), 0), base = h.base;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', h.pinned] });
let n = 0, failed = 0;
function ok(name, yes, said) {
	if (!yes) failed++;
	console.log(`${yes ? 'ok' : 'not ok'} ${++n} - activity: ${name}`);
	if (!yes && said !== undefined) console.log(`# ${JSON.stringify(said)}`);
}
async function desk(login, more = {}) {
	const context = await browser.newContext({ storageState: await signIn(browser, base, h, login), ...more });
	const page = await context.newPage();
	page.setDefaultTimeout(10000);
	return page;
}
/* Press the button of the form that posts there. */
async function press(page, action) {
	await Promise.all([page.waitForNavigation(), page.locator(`form[action$="${action}"] button[type=submit], form[action$="${action}"] button:not([type])`).last().click()]);
}
const numberOf = (page, figure) => page.locator(`a[href*="/figures/${figure}"] .n, a.n[href*="/figures/${figure}"]`).first().textContent()
	.then((t) => Number(t.replace(/\D/g, '')));
async function home() {
	const context = await browser.newContext(), page = await context.newPage();
	await page.goto(`${base}/kk/`);
	const both = [await numberOf(page, 'events_total'), await numberOf(page, 'participants_total')];
	await context.close();
	return both;
}

async function plan(clerk, head) {
	await clerk.goto(`${base}/kk/plans/new`);
	await clerk.selectOption('[name=body]', { label: BODY });
	await clerk.fill('[name=year]', '2024');
	await clerk.selectOption('[name=quarter]', '4');
	await Promise.all([clerk.waitForNavigation(), clerk.click('main .btn.go')]);
	const at = clerk.url().replace(/[?#].*/, '');
	await clerk.goto(`${at}/items/new`);
	await clerk.fill('[name=name_kk]', 'Сынақ: достық кеші');
	await clerk.selectOption('[name=kind]', { label: 'Концерттік бағдарлама' });
	await clerk.selectOption('[name=month]', '11');
	await clerk.fill('[name=day]', DAY);
	await clerk.fill('[name=expected]', '5');
	await Promise.all([clerk.waitForNavigation(), clerk.click('main .btn.go')]);
	await clerk.goto(at);
	await press(clerk, '/move/send');
	for (const step of ['check', 'approve']) {
		await head.goto(at);
		if (step === 'approve') await head.click('summary.go');
		await press(head, `/move/${step}`);
	}
	ok('a plan is sent, checked and approved', await head.locator('form[action*="/move/send"]').count() === 0, head.url());
	await clerk.goto(at);
	await clerk.goto(await clerk.locator('a[href*="/plan-items/"]').first().getAttribute('href').then((x) => base + x));
	await press(clerk, '/event');
	const event = Number(/events\/(\d+)/.exec(clerk.url())?.[1]);
	ok('one press makes the event of the item', event > 0, clerk.url());
	await press(clerk, '/move/approve');
	return event;
}

async function signUp(clerk, event) {
	await clerk.goto(`${base}/kk/events/${event}/registration`);
	await clerk.fill('[name=capacity]', '5');
	await Promise.all([clerk.waitForNavigation(), clerk.click('main .btn.go')]);
	const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
	const guest = await context.newPage();
	await guest.goto(`${base}/kk/events/${event}/signup`);
	await guest.click('summary');
	for (const [i, name] of GUESTS.entries()) await guest.fill(`[name=name${i + 1}]`, name);
	await guest.click('main .btn.go');
	const codes = await guest.locator('.ticket .code').allTextContents();
	ok('five people sign up without an account', codes.length === 5, codes);
	await context.close();
	return codes.map((c) => c.trim());
}

async function sheet(clerk, event) {
	await clerk.goto(`${base}/kk/events/${event}/sheets`);
	await clerk.selectOption('[name=list]', 'signups');
	await Promise.all([clerk.waitForNavigation(), clerk.click('main .btn.go')]);
	const rows = await clerk.locator('.sheet tbody tr').evaluateAll((trs) => trs.map((r) => [r.querySelector('.code').textContent.trim(), r.textContent]));
	const of = (name) => rows.find(([, text]) => text.includes(name))?.[0];
	ok('the sheet for paper names them', GUESTS.every(of), rows.map((r) => r[1]));
	return { at: clerk.url().replace(/[?#].*/, ''), of };
}

async function phone(event) {
	const page = await desk('clerk', { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
	await page.goto(`${base}/kk/door/${event}/phone`);
	await page.waitForSelector('body[data-ready=yes]');
	await page.waitForSelector('body[data-offline]');
	return { page, async says(code) {
		await page.evaluate(() => { document.body.className = 'door'; });
		await page.fill('#code', code);
		await page.press('#code', 'Enter');
		await page.waitForFunction(() => ['ok', 'wait', 'no'].some((c) => document.body.classList.contains(c)));
		return page.evaluate(() => ['ok', 'wait', 'no'].find((c) => document.body.classList.contains(c)));
	}, empty: () => page.waitForFunction(() => document.getElementById('n-wait').textContent === '0', null, { timeout: 20000 }) };
}

async function door(event, codes) {
	const one = await phone(event), two = await phone(event);
	for (const p of [one, two]) await p.page.context().setOffline(true);
	const said = [await one.says(codes[0]), await one.says(codes[1]), await two.says(codes[1]), await two.says(codes[2])];
	ok('without network each telephone says “queued”', said.every((s) => s === 'wait'), said);
	for (const p of [two, one]) {
		await p.page.context().setOffline(false);
		await p.empty();
	}
	const kept = h.sql(`SELECT count(*), sum(result = 'done') FROM scan WHERE event = ${event};`);
	ok('four scans are kept, three count', kept === '4|3', kept);
	for (const p of [one, two]) await p.page.context().close();
}

async function paper(clerk, s) {
	await clerk.goto(`${s.at}/type`);
	for (const name of GUESTS.slice(3)) {
		await clerk.fill('#f-code', s.of(name));
		await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('Enter')]);
	}
	const far = await clerk.locator('.howfar').innerText();
	ok('two are typed from paper', /^[25] /.test(far), far);
}

async function report(clerk, event) {
	await clerk.goto(`${base}/kk/events/${event}`);
	await press(clerk, '/move/hold');
	await clerk.goto(`${base}/kk/events/${event}`);
	await press(clerk, '/move/report');
	const bases = h.sql(`SELECT basis, count(*) FROM attendance WHERE event = ${event} AND withdrawn = 0 GROUP BY basis ORDER BY basis;`);
	ok('three are scanned, two listed', bases === 'listed|2\nscanned|3', bases);
	await clerk.goto(`${base}/kk/events/${event}/report`);
	const said = await clerk.locator('main').innerText();
	ok('the report of the event says so', said.includes('Сынақ: достық кеші') && /\b5\b/.test(said), said.slice(0, 400));
}

async function calendar(event) {
	const context = await browser.newContext({ ignoreHTTPSErrors: true }), answer = await context.request.get(`${base}/calendar.ics`);
	const text = (await answer.text()).replaceAll('\r\n ', '');
	ok('the calendar has it, for any reader', answer.status() === 200 && text.startsWith('BEGIN:VCALENDAR\r\n') && text.includes('SUMMARY:Сынақ: достық кеші')
		&& /UID:[^\r]*\b/.test(text), [answer.status(), event]);
	await context.close();
}

const before = await home();
try {
	const clerk = await desk('clerk'), head = await desk('head');
	const event = await plan(clerk, head), codes = await signUp(clerk, event), s = await sheet(clerk, event);
	await door(event, codes);
	await paper(clerk, s);
	await report(clerk, event);
	await calendar(event);
	const after = await home();
	ok('the home figures moved by one event and five attendances', after[0] === before[0] + 1 && after[1] === before[1] + 5, [before, after]);
	const { execFileSync } = await import('node:child_process');
	const verify = execFileSync(path.resolve(process.argv[2]), ['verify', '--db', h.db]).toString();
	ok('verify is clean', /, 0 differences/.test(verify), verify.slice(-300));
} catch (e) {
	ok('to the end', false, [e.message.split('\n')[0], browser.contexts().flatMap((c) => c.pages().map((p) => p.url())), e.stack.split('\n').filter((l) => l.includes('activity.mjs')).slice(0, 2)]);
}
await browser.close();
h.stop();
console.log(`1..${n}`);
console.log(`${n - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
