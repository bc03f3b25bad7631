/* signup.mjs – signing up as a guest would, at 320 px and without scripts: five people at once, the tickets, the
 * waiting list, one who does not come, the place that is passed on. TAP; run by `all` before the pages.
 *
 *   node signup.mjs --base URL --sign-ins FILE */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { checkAxe, checkOverflow } from './checks.mjs';
import { signIn } from './forms.mjs';

const at = (name) => process.argv[process.argv.indexOf(name) + 1];
const base = at('--base').replace(/\/$/, '');
const passwords = new Map(readFileSync(at('--sign-ins'), 'utf8').trim().split('\n').map((l) => l.trim().split(/\s+/)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
let n = 0, failed = 0;
function ok(name, yes) {
	if (!yes) failed++;
	console.log(`${yes ? 'ok' : 'not ok'} ${++n} - signup: ${name}`);
}
async function guest() {
	const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
	return context.newPage();
}
async function looks(name) {
	const context = await browser.newContext({ viewport: { width: 320, height: 640 }, bypassCSP: true });
	const page = await context.newPage();
	await page.goto(name);
	const faults = [...(await checkAxe(page)), ...(await checkOverflow(page))];
	for (const f of faults) console.log(`# ${f}`);
	await context.close();
	return faults.length === 0;
}
async function signUp(names) {
	const page = await guest();
	await page.goto(form);
	if (names.length > 1) await page.click('summary');
	for (const [i, name] of names.entries()) await page.fill(`[name=name${i + 1}]`, name);
	await page.click('main .btn.go');
	return page;
}

const office = await browser.newContext();
await signIn(office, `${base}/kk/sign-in`, 'clerk', passwords.get('clerk'));
const desk = await office.newPage();
await desk.goto(`${base}/kk/events?state=approved&first_day_from=30.11.2024&first_day_to=30.11.2024`);
const event = await desk.getAttribute('tbody th a', 'href');
const form = `${base}${event}/signup`;

/* So many places that exactly five are free. */
await desk.goto(`${base}${event}/signups`);
const given = Number(await desk.locator('dl.facts dd').nth(1).textContent());
await desk.goto(`${base}${event}/registration`);
await desk.fill('[name=reserved]', '0');
await desk.fill('[name=capacity]', String(given + 5));
await desk.click('main .btn.go');

const first = await signUp(['Әлия', 'Болат', 'Виктор', 'Гүлнар', 'Дана']);
ok('five people with one form lead to a secret page', /\/kk\/s\/[0-9A-Z]{26}-\d+$/.test(first.url()));
ok('five tickets with a QR code and a code to say',
	await first.locator('.ticket svg.qr').count() === 5 && /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(await first.locator('.code').first().textContent()));
ok('the page of the tickets fits and is accessible', await looks(first.url()));
const second = await signUp(['Ерлан']);
ok('the sixth waits, at place 1', await second.locator('.note').count() > 0 && await second.locator('.ticket').count() === 0);
ok('the page of who waits fits and is accessible', await looks(second.url()));
await first.locator('form[action$="/withdraw"] button').nth(1).click();
ok('one does not come: four tickets are left', await first.locator('.ticket').count() === 4);
await second.goto(second.url());
ok('who waited has a ticket', await second.locator('.ticket svg.qr').count() === 1);
const code = await second.locator('.code').textContent();
await second.goto(`${base}/T/${code}`);
ok('anybody may ask whether the code is good, and sees no name', /\/kk\/t\//.test(second.url()) && !(await second.content()).includes('Ерлан'));
await first.goto(`${first.url()}/sheet`);
ok('the sheet for paper has a part for each ticket', await first.locator('.paper.cuts .ticket').count() === 4);
await first.goBack();
await first.locator('form[action$="/withdraw"] button').last().click();
ok('all withdrawn: no ticket is left', await first.locator('.ticket').count() === 0);
const empty = await guest();
await empty.goto(form);
await empty.click('main .btn.go');
ok('an empty form comes back with what is missing', await empty.locator(".errs a[href='#name1']").count() === 1);
ok('the form fits and is accessible', await looks(form));
await browser.close();
console.log(`${n - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
