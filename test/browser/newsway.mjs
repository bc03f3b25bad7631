/* newsway.mjs – from a saved page to the reader, scripts off: a page of another site is imported with all its furniture
 * and defects, its glued words are parted by hand, its figures are held against the records; one is changed and caught;
 * an event is linked; it is published in Kazakh while the Russian text is stale; a guest comments, a moderator lets it
 * through; the article is found by a word in another case and script, and read as a feed. TAP; run by `all` after the
 * pages, since it changes the demo.
 *
 *   node newsway.mjs --base URL --sign-ins FILE [--shots DIR] */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { checkAxe, checkFrame, checkHtml, checkOverflow } from './checks.mjs';
import { signIn } from './forms.mjs';

const at = (name) => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : '';
const base = at('--base').replace(/\/$/, ''), shots = at('--shots');
const passwords = new Map(readFileSync(at('--sign-ins'), 'utf8').trim().split('\n').map((l) => l.trim().split(/\s+/)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
let n = 0, failed = 0;
function ok(name, yes) {
	if (!yes) failed++;
	console.log(`${yes ? 'ok' : 'not ok'} ${++n} - newsway: ${name}`);
}
async function desk(login) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
	const faults = await signIn(context, `${base}/kk/sign-in`, login, passwords.get(login));
	ok(`${login} signs in`, faults.length === 0);
	return { page: await context.newPage(), state: await context.storageState() };
}
async function looks(path, lang, width, dark, storageState) {
	const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true,
		colorScheme: dark ? 'dark' : 'light', ...(storageState ? { storageState } : {}) });
	const page = await context.newPage();
	const answer = await page.goto(base + path);
	const faults = [...(await checkHtml(await answer.text(), path)), ...(await checkFrame(page, lang)),
		...(await checkAxe(page)), ...(await checkOverflow(page))];
	if (shots) await page.screenshot({ path: `${shots}/newsway-${path.replaceAll('/', '_')}-${width}${dark ? '-dark' : ''}.png`, fullPage: true });
	for (const f of faults) console.log(`# ${f}`);
	ok(`${path} at ${width}${dark ? ', dark' : ''}`, faults.length === 0);
	await context.close();
}

/* ---- the page comes in ---- */
const { page, state } = await desk('clerk');
await page.goto(`${base}/kk/newsroom/import`);
await page.setInputFiles('[name=file]', fileURLToPath(new URL('../fixtures/saved_page.html', import.meta.url)));
await page.fill('[name=address]', 'https://dala.example/news/1');
await page.click('main form[method=post] button.go');
const review = new URL(page.url()).pathname.replace('/kk', '');
ok('the page is read', /^\/newsroom\/import\/\d+$/.test(review));
ok('title, author, office and rubric stand in their fields', await page.inputValue('[name=title]') === 'Достық үйінде күзгі кездесу өтті'
	&& await page.inputValue('[name=author]') === 'Үлгі АВТОР' && (await page.locator('[name=rubric] option:checked').innerText()).includes('Ассамблея'));
const before = await page.locator('main').innerText();
ok('nothing is changed silently', before.includes('14мыңнан аса') && before.includes('тұрғыныэтникалық'));
ok('the site’s own lines are left out, each with its reason', /Back to top button/.test(before) && /Э-пошта/.test(before));
await looks(`/kk${review}`, 'kk', 320, false, state);
await looks(`/ru${review}`, 'ru', 1280, true, state);
await page.click('button[name=act][value=certain]');
for (const glue of ['тұрғыны этникалық'])
	await page.check(`input[type=checkbox][value="${glue}"]`);
await page.locator('button[name=act][value=check]').last().click();
const after = await page.locator('main').innerText();
ok('what was accepted is parted, a quotation stays as it was', after.includes('14 мыңнан аса') && after.includes('жердебереке'));
ok('its figures are verified', /2245 мүшесі/.test(after) && /497 іс-шара/.test(after));
await page.click('button[name=act][value=make]');
const path = new URL(page.url()).pathname.replace('/kk', '');
ok('a draft article is made of it', /^\/news\/\d+$/.test(path) && (await page.locator('h1').innerText()) === 'Достық үйінде күзгі кездесу өтті');
const guest = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
ok('no reader sees the draft', (await guest.goto(`${base}/kk${path}`)).status() === 404);

/* ---- a number is changed and caught ---- */
const said = async (verdict) => page.locator(`.claims .${verdict}, .claim.${verdict}`).count();
await page.goto(`${base}/kk${path}/edit`);
const text = await page.inputValue('[name=text_kk]');
await page.fill('[name=text_kk]', text.replace('2245 мүшесі', '2345 мүшесі'));
await page.click('button[name=_preview]');
const caught = await page.locator('main').innerText();
ok('one number changed is caught, with the right one beside it', /дұрыс емес/.test(caught) && caught.includes('2345') && caught.includes('2245'));
await page.fill('[name=text_kk]', text);
await page.fill('[name=title_ru]', 'Осенняя встреча в Доме дружбы');
await page.fill('[name=text_ru]', 'В Доме дружбы прошла осенняя встреча.');
await page.selectOption('[name=ru_state]', 'checked');
await page.click('main form .btn.go');

/* ---- its event, and the translation stays behind ---- */
await page.goto(`${base}/kk${path}/links/new`);
await page.fill('[name=event_q]', 'Тілдесу клубы');
await page.click('button[name=_find]');
await page.locator('input[name=event]:not([value=""])').first().check();
await page.click('main form .btn.go');
ok('its event is linked', await page.locator("main a[href^='/kk/events/']").count() > 0);
const event = (await page.locator("main a[href^='/kk/events/']").first().getAttribute('href'));
await page.goto(`${base}/kk${path}/edit`);
await page.fill('[name=text_kk]', `${text}\n\nКездесуге кітапханашылар да шақырылды.`);
await page.click('main form .btn.go');
await page.click("form[action$='/move/send'] button");
await page.click("form[action$='/move/publish'] button");
ok('a reader reads it', (await guest.goto(`${base}/kk${path}`)).status() === 200 && (await guest.locator('main').innerText()).includes('кітапханашылар'));
await guest.goto(`${base}/ru${path}`);
ok('the Russian text says that it is stale', (await guest.locator('.note').count()) > 0 && (await guest.locator('h1').innerText()).startsWith('Осенняя'));
await guest.goto(base + event);
ok('the event leads to the article', await guest.locator(`main a[href='/kk${path}']`).count() > 0);

/* ---- a comment ---- */
await guest.goto(`${base}/kk${path}`);
await guest.click(`a[href='/kk${path}/comment']`);
await guest.fill('[name=name]', 'Үлгі Оқырман');
await guest.fill('[name=mail]', 'reader@mail.example');
await guest.fill('[name=text]', 'Келесі кездесу қай күні болады?');
await guest.waitForTimeout(3500); /* the form is not taken from whoever needs no time to write */
await guest.click('main form .btn.go');
ok('its author sees that it waits for the moderator', /модератор/i.test(await guest.locator('main').innerText()) && guest.url().includes('/comments/own/'));
const own = new URL(guest.url()).pathname;
await guest.goto(`${base}/kk${path}`);
ok('nobody sees it before the moderator’s yes', !(await guest.content()).includes('Келесі кездесу қай күні'));
const moderator = await desk('head');
await moderator.page.goto(`${base}/kk/comments`);
await moderator.page.locator('li, article, section').filter({ hasText: 'Келесі кездесу қай күні' }).locator('button').first().click();
await guest.goto(`${base}/kk${path}`);
ok('approved, everybody reads it, and no address', (await guest.content()).includes('Келесі кездесу қай күні') && !(await guest.content()).includes('mail.example'));

/* ---- found, and read as a feed ---- */
for (const [lang, q] of [['kk', 'кітапханашыларға'], ['kk', 'kitaphanashylardyń'], ['kk-latn', 'kıtaphanaşylar']]) {
	await guest.goto(`${base}/${lang}/search?q=${encodeURIComponent(q)}`);
	ok(`found by «${q}»`, await guest.locator(`main a[href='/${lang}${path}']`).count() > 0);
}
for (const feed of ['/feed.atom', '/feed.rss', '/rubric/assambleya/feed.atom']) {
	const xml = await (await fetch(base + feed)).text();
	const titles = await page.evaluate((x) => { const d = new DOMParser().parseFromString(x, 'application/xml');
		return d.querySelector('parsererror') ? [] : [...d.querySelectorAll('entry > title, item > title')].map((t) => t.textContent); }, xml).catch(() => null);
	ok(`${feed} carries it`, (titles ?? []).includes('Достық үйінде күзгі кездесу өтті') || (titles === null && xml.includes('Достық үйінде күзгі кездесу өтті')));
}
for (const [lang, width, dark] of [['kk', 320], ['kk', 1280], ['kk', 1280, true], ['ru', 320], ['ru', 1280], ['en', 320], ['en', 1280], ['kk-latn', 320], ['kk-latn', 1280]])
	await looks(`/${lang}${path}`, lang, width, Boolean(dark));
await looks('/kk/comments', 'kk', 320, false, moderator.state);

/* ---- the author takes it back ---- */
await guest.goto(base + own);
await guest.click("form[action$='/remove'] button");
await guest.goto(`${base}/kk${path}`);
ok('removed by its author’s link', !(await guest.content()).includes('Келесі кездесу қай күні'));
await browser.close();
console.log(`${n - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
