/* newspage.mjs – a saved page comes into the newsroom, first without scripts: given as a file, looked through, what is
 * certain accepted, a line taken back, a draft made, the page as it was given; then an article is written with the check
 * beside it. Looked at in three languages at 320 and 1280 px. TAP; run by `all` behind news.mjs.
 *
 *   node newspage.mjs --base URL --sign-ins FILE [--shots DIR] */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { checkAxe, checkFrame, checkHtml, checkOverflow } from './checks.mjs';
import { signIn } from './forms.mjs';

const at = (name) => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : '';
const base = at('--base').replace(/\/$/, ''), shots = at('--shots');
const passwords = new Map(readFileSync(at('--sign-ins'), 'utf8').trim().split('\n').map((l) => l.trim().split(/\s+/)));
const fixture = fileURLToPath(new URL('../fixtures/saved_page.html', import.meta.url));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
let n = 0, failed = 0;
function ok(name, yes) {
	if (!yes) failed++;
	console.log(`${yes ? 'ok' : 'not ok'} ${++n} - newspage: ${name}`);
}
const room = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
ok('the clerk signs in', (await signIn(room, `${base}/kk/sign-in`, 'clerk', passwords.get('clerk'))).length === 0);
const state = await room.storageState();

async function faults(page, html, path, lang) {
	const found = [...(await checkHtml(html, path)), ...(await checkFrame(page, lang)),
		...(await checkAxe(page)), ...(await checkOverflow(page))];
	for (const f of found) console.log(`# ${f}`);
	return found.length;
}

async function looks(path, lang, width, dark) {
	const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true, storageState: state,
		colorScheme: dark ? 'dark' : 'light' });
	const page = await context.newPage();
	const answer = await page.goto(base + path);
	ok(`${path} at ${width}${dark ? ', dark' : ''}`, await faults(page, await answer.text(), path, lang) === 0);
	if (shots) await page.screenshot({ path: `${shots}/newspage-${path.replaceAll('/', '_')}-${width}${dark ? '-dark' : ''}.png`, fullPage: true });
	await context.close();
}

const page = await room.newPage();
await page.goto(`${base}/kk/newsroom/import`);
await page.click('main form .btn.go');
ok('nothing given is refused', await page.locator('.errs').count() === 1);
await page.setInputFiles('[name=file]', fixture);
await page.fill('[name=address]', 'https://news.example/1');
await page.click('main form .btn.go');
const path = new URL(page.url()).pathname.replace('/kk', '');
ok('the page is read', /^\/newsroom\/import\/\d+$/.test(path));
ok('nothing is ticked by itself', await page.locator('input[type=checkbox]:checked').count() === 0);
for (const [lang, width, dark] of [['kk', 320], ['kk', 1280, true], ['ru', 320], ['ru', 1280], ['en', 320], ['en', 1280]])
	await looks(`/${lang}${path}`, lang, width, Boolean(dark));
await page.click('button[value=certain]');
ok('what is certain is ticked', await page.locator('input[type=checkbox]:checked').count() === 5);
await page.check('label:has-text("Сурет: редакция мұрағаты") input');
await page.click('button[value=check] >> nth=-1');
const outcome = await page.locator('section:has(#outcome)').innerText();
ok('repaired and taken back, and the quotation as it was', outcome.includes('14 мыңнан аса') && outcome.includes('Сурет: редакция мұрағаты')
	&& outcome.includes('жердебереке'));
if (await page.locator('[name=rubric] option').count() < 2) throw new Error('news.mjs makes the rubric');
await page.selectOption('[name=rubric]', { index: 1 });
await page.click('button[value=make]');
ok('a draft is made of it', /\/kk\/news\/\d+$/.test(page.url()) && (await page.content()).includes('Оларға 14 мыңнан аса'));
await looks(new URL(page.url()).pathname, 'kk', 320, false);
await page.click(`a[href='/kk${path}']`);
await page.click("form[action$='/undo'] button");
ok('taken back, the page waits again', await page.locator('button[value=make]').count() === 1);
await page.click("form[action$='/drop'] button");
ok('thrown away', page.url().includes('/newsroom/import') && (await page.goto(`${base}/kk${path}`)).status() === 404);

const writing = await browser.newContext({ viewport: { width: 1280, height: 900 }, storageState: state, bypassCSP: true });
const editor = await writing.newPage();
const wrong = [];
editor.on('pageerror', (e) => wrong.push(String(e)));
const answer = await editor.goto(`${base}/kk/news/new`);
await editor.fill('[name=text_kk]', 'Биыл 498 іс-шара өтті 😀. Жиынға 14мыңнан аса адам келді.');
await editor.waitForSelector('.besides li');
ok('beside the text: what is not so', (await editor.locator('.besides').first().innerText()).includes('498'));
ok('the form with its list', await faults(editor, await answer.text(), '/kk/news/new', 'kk') === 0);
await editor.setViewportSize({ width: 320, height: 800 });
ok('the same at 320', (await checkOverflow(editor)).length === 0);
if (shots) await editor.screenshot({ path: `${shots}/newspage-beside-320.png`, fullPage: true });
await editor.click('.besides li:has-text("498") button >> nth=0');
ok('the right number is put there', (await editor.inputValue('[name=text_kk]')).startsWith('Биыл 497 іс-шара өтті 😀'));
await editor.keyboard.press('Control+z');
ok('and the browser takes it back', (await editor.inputValue('[name=text_kk]')).startsWith('Биыл 498'));
await editor.waitForSelector('.besides li:has-text("498")');
await editor.click('.besides li:has-text("14мыңнан аса") button >> nth=0');
ok('a figure is put there', (await editor.inputValue('[name=text_kk]')).includes('{figure:participants_total noun=no say=over} адам'));
ok('no error of the script', wrong.length === 0);
await browser.close();
console.log(`${n - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
