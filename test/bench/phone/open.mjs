/* test/bench/phone/open.mjs BINARY [TICKETS] [ROUNDS] – the door's page of an event with 5 000 tickets on a telephone:
 * 360 × 640, the processor slowed four times (Emulation.setCPUThrottlingRate). From the start of the navigation until
 * the page stands with the whole list, counts drawn and the field ready for the next code: first a telephone that was
 * never there, then one that has the page and the list, then the same without network. Milliseconds, one line each:
 * median, then all rounds. */
import path from 'node:path';
import { createRequire } from 'node:module';
import { house, signIn } from '../../browser/door_house.mjs';

const require = createRequire(new URL('../../browser/', import.meta.url));
const { chromium } = require('playwright-core');
const [binary, tickets = '5000', rounds = '5'] = process.argv.slice(2);
const h = await house(path.resolve(binary), Number(tickets));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', h.pinned] });
const state = await signIn(browser, h.base, h), at = `${h.base}/kk/door/${h.event}/phone`;
const times = { first: [], again: [], alone: [] };

async function open(page, what) {
	await page.goto(at, { waitUntil: 'commit' });
	const took = await page.evaluate(() => new Promise((go) => {
		const look = () => (document.body?.dataset.ready !== undefined && Number(document.getElementById('n-all').textContent) > 1000
			? go(performance.now()) : requestAnimationFrame(look));
		look();
	}));
	times[what].push(Math.round(took));
}

for (let i = 0; i < Number(rounds); i++) {
	const context = await browser.newContext({ viewport: { width: 360, height: 640 }, storageState: state });
	const page = await context.newPage();
	await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
	await open(page, 'first');
	await page.waitForSelector('body[data-offline=ready]');
	await page.waitForSelector('body[data-ready=yes]');
	await open(page, 'again');
	await page.waitForSelector('body[data-ready=yes]');
	await context.setOffline(true);
	await open(page, 'alone');
	await context.close();
}
await browser.close();
h.stop();
for (const [what, list] of Object.entries(times)) {
	const sorted = [...list].sort((a, b) => a - b);
	console.log(what, sorted[Math.floor(sorted.length / 2)], ...list);
}
