/* contest.mjs – «Bauyrsaqfest» from its entries to the signed protocol, as people would: the clerk decides about
 * conflicts and lets the jury begin, a juror without an account scores on a narrow telephone through the
 * printed link, another signs in, the rest is typed from paper; closed, signed by the head, certificates, the
 * public check. Scripts are off: every step is a plain form. TAP, and a last line "N passed, N failed".
 *
 *   node contest.mjs --base URL --sign-ins FILE */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { signIn } from './forms.mjs';

const [, , , base, , file] = process.argv;
const passwords = new Map(readFileSync(file, 'utf8').split('\n').filter(Boolean).map((l) => l.split(' ')));
const tap = { n: 0, passed: 0, failed: 0 };
function check(name, good, more = '') {
	tap[good ? 'passed' : 'failed']++;
	console.log(`${good ? 'ok' : 'not ok'} ${++tap.n} - contest: ${name}`);
	if (!good) console.log(`# ${more}`);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM,
	args: ['--headless', '--no-sandbox', '--disable-gpu'] });
async function reader(login, width = 1280) {
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } });
	if (login) {
		const faults = await signIn(context, `${base}/en/sign-in`, login, passwords.get(login));
		if (faults.length) throw new Error(`${login}: ${faults}`);
	}
	const page = await context.newPage();
	page.setDefaultTimeout(8000);
	return page;
}
const send = (page, button) => Promise.all([page.waitForNavigation(), button.click()]).then(([r]) => r);
const narrow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

/* Points for one entry: what the row code says, so that they differ and are the same in each run. */
async function score(page, bias) {
	const code = Number(page.url().split('/').pop());
	const rows = page.locator('fieldset:has(.marks)');
	for (let i = 0; i < await rows.count(); i++) {
		const value = 3 + bias + ((code + i) % 4);
		await rows.nth(i).locator(`input[value="${value}"]`).check({ force: true });
	}
	return send(page, page.locator('form:has(.marks) button[type=submit]'));
}

async function scoreAll(page, bias, names) {
	let seen = '', first = true, fits = true, n = 0;
	for (; n < 30; n++) {
		const row = page.locator('li.task:has(.st.wait) a.btn').first();
		if (first && await row.count() === 0) break;
		if (first) await Promise.all([page.waitForNavigation(), row.click()]);
		first = false;
		seen += await page.content();
		fits = fits && await narrow(page);
		await score(page, bias);
		if (await page.locator('fieldset:has(.marks)').count() === 0) { n++; break; }
	}
	return { n, fits, named: names.filter((name) => seen.includes(name)) };
}

try {
	const clerk = await reader('clerk');
	await clerk.goto(`${base}/en/contests`);
	await Promise.all([clerk.waitForNavigation(), clerk.locator('tbody a', { hasText: 'Bauyrsaqfest' }).first().click()]);
	const contest = new URL(clerk.url()).pathname;
	const names = await clerk.locator('td[data-l="Entrant"]').allInnerTexts();
	check('twelve entries', names.length === 12, names.length);

	let answer = await send(clerk, clerk.getByRole('button', { name: 'Let the jury begin' }));
	check('the jury does not begin while conflicts wait', answer.status() === 409, answer.status());
	await clerk.goto(`${base}${contest}/conflicts`);
	let left = 0;
	while (await clerk.locator('button[value=excluded]').count() > 0) {
		await send(clerk, clerk.locator('button[value=excluded]').first());
		left++;
	}
	check('conflicts are decided', left >= 1, left);
	await clerk.goto(base + contest);
	answer = await send(clerk, clerk.getByRole('button', { name: 'Let the jury begin' }));
	check('the jury begins', answer.status() === 200, answer.status());
	const jurors = await clerk.locator('#jury + *, section:has(#jury) a[href*="/jurors/"]')
		.evaluateAll((a) => a.map((e) => e.getAttribute('href')).filter((h) => h && /jurors\/\d+$/.test(h)));
	check('five jurors', jurors.length === 5, jurors);

	/* The chair has an account. */
	const chair = await reader('member', 320);
	await chair.goto(`${base}/en/jury`);
	await Promise.all([chair.waitForNavigation(), chair.locator('li.task a', { hasText: 'Bauyrsaqfest' }).click()]);
	let done = await scoreAll(chair, 1, names);
	check('the chair scores twelve', done.n === 12, done.n);
	check('no name stands on the pages of a blind jury', done.named.length === 0, done.named);
	check('the pages fit 320 pixels', done.fits);

	/* The second has none: the printed link. */
	await clerk.goto(base + jurors[1]);
	await send(clerk, clerk.getByRole('button', { name: 'Make a personal link' }));
	const link = (await clerk.locator('.paper p[translate=no]').innerText()).trim();
	const guest = await reader(null, 320);
	await guest.goto(link);
	done = await scoreAll(guest, 0, names);
	check('a juror with a link scores what is not left out', done.n >= 10, done.n);
	check('and sees no name', done.named.length === 0, done.named);

	/* Two step down, so all of theirs is left out; the third gave his on paper. */
	for (const juror of jurors.slice(3)) {
		await clerk.goto(`${base}${juror}/edit`);
		await clerk.locator('[name=ended]').check();
		await send(clerk, clerk.getByRole('button', { name: 'Save', exact: true }).last());
	}
	for (const juror of jurors.slice(2, 3)) {
		await clerk.goto(`${base}${juror}/type`);
		const rows = (await clerk.locator('tbody th').allInnerTexts()).map((t) => t.replace(/\D/g, ''));
		for (const row of rows) {
			await clerk.fill('[name=code]', row);
			for (let i = 1; i <= 4; i++) await clerk.fill(`[name=c${i}]`, String(4 + ((Number(row) + i) % 5)));
			await send(clerk, clerk.getByRole('button', { name: 'Save the row' }));
		}
	}
	await clerk.goto(`${base}${jurors[2]}/type`);
	await clerk.fill('[name=code]', '7');
	answer = await send(clerk, clerk.getByRole('button', { name: 'Save the row' }));
	check('a wrong row is refused and kept', answer.status() === 422 && await clerk.inputValue('[name=code]') === '7');

	await clerk.goto(base + contest);
	answer = await send(clerk, clerk.getByRole('button', { name: 'Close and give places' }));
	check('closed', answer.status() === 200, await clerk.locator('.errs').allInnerTexts());
	await clerk.goto(`${base}${contest}/results`);
	const places = await clerk.locator('#ranks').locator('xpath=ancestor::section').locator('tbody th').allInnerTexts();
	check('places are given', places.length === 12 && places.includes('1'), places);
	answer = await (await reader(null)).goto(`${base}${contest}/results`);
	check('nobody else sees them yet', answer.status() === 404, answer.status());

	const head = await reader('head');
	await head.goto(`${base}${contest}/protocol`);
	await head.fill('[name=document]', '12-3');
	answer = await send(head, head.getByRole('button', { name: 'Sign', exact: true }));
	check('signed', answer.status() === 200 && await head.getByText('Nothing has moved since').count() === 1);
	await clerk.goto(`${base}${contest}/certificates`);
	await send(clerk, clerk.getByRole('button', { name: 'Issue what is missing' }));
	check('twelve certificates', await clerk.locator('.cert').count() === 12);
} catch (e) {
	check('goes through', false, String(e).split('\n').slice(0, 4).join(' '));
}
await browser.close();
console.log(`${tap.passed} passed, ${tap.failed} failed`);
process.exit(tap.failed === 0 ? 0 : 1);
