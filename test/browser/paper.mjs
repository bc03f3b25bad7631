/* paper.mjs – a sheet through its life in Chromium: made, printed, typed with and without scripts, a wrong code
 * found on the spot with a sound, typed twice, a guest on a spare row, a picture beside the row, and the
 * event's count moved by exactly what was typed. Each page on the way is held against what every page is. */
import * as checks from './checks.mjs';

const GO = 'main .btn.go';

/* Records of the list of attendances, and the count that the event has of them. */
async function countOf(page, event) {
	await page.goto(`${event}/attendances`);
	const number = async (selector) => {
		const found = page.locator(selector);
		return await found.count() === 0 ? 0 : Number((await found.first().innerText()).replace(/[^\d]/g, ''));
	};
	return { records: await number('[role=status]'), count: await number('main .flow > p + p .nw, main .flow > p + p .n') };
}

async function press(page, code) {
	await page.locator('#f-code').fill(code);
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function held(t, page, name, ear) {
	t.result(`paper ${name}: valid HTML`, await checks.checkHtml(await (await page.request.get(page.url())).text(), name));
	t.result(`paper ${name}: frame`, await checks.checkFrame(page, 'kk'));
	t.result(`paper ${name}: quiet console, its policy`, [...ear.console, ...ear.refused, ...ear.policy, ...ear.foreign]);
	await t.looks(page, t.o, `paper-${name}`, name === 'print' || name === 'type');
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
}

/* An event that took place, whose lead body has some members: a sheet with names and spare rows. */
async function makeSheet(page, base) {
	await page.goto(`${base}/kk/events?state=held`);
	const events = await page.$$eval('tbody th a', (as) => as.map((a) => a.href));
	for (const event of events) {
		await page.goto(`${event}/sheets`);
		await page.locator('select[name=list]').selectOption('members');
		await Promise.all([page.waitForNavigation(), page.locator(GO).click()]);
		const rows = await page.locator('.sheet tbody tr').count();
		if (rows > 14 && rows < 100) return { event, sheet: page.url(), rows };
	}
	throw new Error('no event with a sheet of some names');
}

async function typeIt(t, page, s, codes) {
	const faults = [];
	await page.goto(`${s.sheet}/type`);
	/* What sounds is counted, not heard. */
	await page.addInitScript(() => {
		window.sounds = 0;
		window.AudioContext = class {
			constructor() { window.sounds++; this.currentTime = 0; this.destination = {}; }
			createOscillator() { return { frequency: {}, connect: (x) => x, start() {}, stop() {} }; }
			createGain() { return { gain: {}, connect: (x) => x }; }
			close() {}
		};
	});
	await page.reload();
	await press(page, codes[0]);
	await press(page, codes[1]);
	await press(page, `-${codes[2]}`);
	if (!/^3 /.test(await page.locator('.howfar').innerText())) faults.push(await page.locator('.howfar').innerText());
	if (await page.evaluate(() => document.activeElement.id) !== 'f-code') faults.push('the cursor is elsewhere');
	const wrong = codes[3].slice(0, -1) + (Number(codes[3].at(-1)) + 1) % 10;
	const before = page.url();
	await page.locator('#f-code').fill(wrong);
	await page.keyboard.press('Enter');
	await page.waitForSelector('#code-e');
	if (page.url() !== before || await page.locator('#f-code').inputValue() !== wrong) faults.push('a wrong code was sent');
	if (await page.evaluate(() => window.sounds) !== 1) faults.push('no sound for a wrong code');
	await press(page, codes[0]);
	if (await page.evaluate(() => window.sounds) !== 1) faults.push('no sound for a row typed twice');
	t.result('paper: typed, a wrong code stopped, a row twice', faults);
}

async function typePlain(t, storageState, s, codes) {
	const context = await t.browser.newContext({ storageState, javaScriptEnabled: false });
	const page = await context.newPage();
	const faults = [];
	await page.goto(`${s.sheet}/type`);
	const wrong = codes[4].slice(0, -1) + (Number(codes[4].at(-1)) + 1) % 10;
	await press(page, wrong);
	if (await page.locator('#f-code').inputValue() !== wrong) faults.push('what was typed is gone');
	if (await page.locator('#code-e').count() !== 1) faults.push('no word about the wrong code');
	await press(page, codes.at(-1));
	await page.locator('#f-guest').fill('Қонақ Сәуле');
	await Promise.all([page.waitForNavigation(), page.locator('#f-guest').press('Enter')]);
	await page.locator('.last button').first().click();
	if (!/^3 /.test(await page.locator('.howfar').innerText())) faults.push('the guest is not taken back');
	await context.close();
	t.result('paper: without scripts', faults);
}

const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export async function paper(t) {
	const context = await t.readers.context('clerk');
	const page = await context.newPage();
	const ear = new checks.Ear(page, t.o.base);
	try {
		const s = await makeSheet(page, t.o.base);
		const codes = await page.locator('td.code').allInnerTexts();
		t.result('paper: each row has a code of its own', new Set(codes).size === s.rows ? [] : codes);
		await held(t, page, 'print', ear);
		const before = await countOf(page, s.event);
		await typeIt(t, page, s, codes);
		await page.goto(`${s.sheet}/type`);
		await held(t, page, 'type', ear);
		await typePlain(t, await context.storageState(), s, codes);
		const after = await countOf(page, s.event);
		t.result('paper: two came more, a third is withdrawn', after.records === before.records + 3 && after.count === before.records + 2
			? [] : [JSON.stringify([before, after])]);
		for (const [name, tail] of [['many', '/many?from=1&to=9&but=5&mark=came'], ['again', '/again']]) {
			await page.goto(s.sheet + tail);
			await held(t, page, name, ear);
		}
		await page.goto(`${s.sheet}/pictures`);
		await page.locator('input[type=file]').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: DOT });
		await Promise.all([page.waitForNavigation(), page.locator(GO).click()]);
		await held(t, page, 'pictures', ear);
		await page.goto(`${t.o.base}/kk/sheet-rows/${s.sheet.match(/\d+$/)[0]}-${codes[0]}`);
		t.result('paper: a row beside its picture', await page.locator('.scan img').count() === 1 ? [] : [page.url()]);
		await held(t, page, 'row', ear);
		for (const [name, tail] of [['sheets', '/sheets'], ['slips', '/slips'], ['slip', '/slip']]) {
			await page.goto(s.event + tail);
			await held(t, page, name, ear);
		}
	} catch (e) {
		t.result('paper: can be gone through', [String(e).split('\n')[0]]);
	}
	await page.close();
}
