/* comments.mjs – a comment as its people go through it: a reader without script writes two, the moderator decides by
 * keys and by buttons, the office replies, the author removes one; each page looked at in the widths, languages and
 * lights. TAP; run by `all` after the newsroom, since it changes the demo.
 *
 *   node comments.mjs --base URL --sign-ins FILE [--shots DIR] */
import { readFileSync } from 'node:fs';
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
	console.log(`${yes ? 'ok' : 'not ok'} ${++n} - comments: ${name}`);
}
const room = await browser.newContext({ viewport: { width: 1280, height: 900 } });
ok('the clerk signs in', (await signIn(room, `${base}/kk/sign-in`, 'clerk', passwords.get('clerk'))).length === 0);
const state = await room.storageState();

async function looks(path, lang, width, dark, storageState) {
	const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true,
		colorScheme: dark ? 'dark' : 'light', ...(storageState ? { storageState } : {}) });
	const page = await context.newPage();
	const answer = await page.goto(base + path);
	const faults = [...(await checkHtml(await answer.text(), path)), ...(await checkFrame(page, lang)),
		...(await checkAxe(page)), ...(await checkOverflow(page))];
	if (shots) await page.screenshot({ path: `${shots}/comments-${path.replaceAll('/', '_').replace(/own_.*/, 'own')}-${width}${dark ? '-dark' : ''}.png`, fullPage: true });
	for (const f of faults) console.log(`# ${f}`);
	ok(`${path.replace(/own\/.*/, 'own/…')} at ${width}${dark ? ', dark' : ''}`, faults.length === 0);
	await context.close();
}

const clerk = await room.newPage();
/* What waits of the demo's readers goes first, by the key where a Kazakh keyboard has another letter. */
await clerk.goto(`${base}/kk/comments`);
const before = await clerk.locator('[data-comment]').count();
await Promise.all([clerk.waitForNavigation(), clerk.evaluate(() => document.activeElement.dispatchEvent(
	new KeyboardEvent('keydown', { key: 'ф', code: 'KeyA', bubbles: true })))]);
ok('keys go by their place on a Cyrillic keyboard', before === 1 && (await clerk.locator('[data-comment]').count()) === 0);
await clerk.goto(`${base}/kk/reference/rubrics/new`);
await clerk.fill('[name=code]', 'readers');
await clerk.fill('[name=name_kk]', 'Оқырман');
await clerk.click('main form .btn.go');
await clerk.goto(`${base}/kk/news/new`);
await clerk.selectOption('[name=rubric]', { label: 'Оқырман' });
await clerk.fill('[name=title_kk]', '«Мәміле» клубының қысқы топтары');
await clerk.fill('[name=text_kk]', 'Қаңтардан бастап кешкі және онлайн топтар ашылады.');
await clerk.click('main form .btn.go');
const path = new URL(clerk.url()).pathname.replace('/kk', '');
await clerk.click("form[action$='/move/send'] button");
await clerk.click("form[action$='/move/publish'] button");

const guest = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
async function writes(name, text, mail) {
	await guest.goto(`${base}/kk${path}`);
	await guest.click("a[href$='/comment']");
	await guest.fill('[name=name]', name);
	await guest.fill('[name=text]', text);
	if (mail) await guest.fill('[name=mail]', mail);
	await guest.click('main form .btn.go');
	if (!guest.url().includes('/own/')) { /* the form's own clock: once more, with what was typed */
		ok('too fast: what was typed is still there', (await guest.inputValue('[name=text]')) === text);
		await guest.waitForTimeout(3100);
		await guest.click('main form .btn.go');
	}
	return new URL(guest.url()).pathname;
}
await looks(`/kk${path}/comment`, 'kk', 320);
await looks(`/en${path}/comment`, 'en', 1280, true);
const own = await writes('Сәуле Т.', 'Кешкі топта орын бар ма? Шалғай ауданнан онлайн қатысуға бола ма?', 'saule@example.kz');
ok('sent without script, it waits', own.includes('/comments/own/') && (await guest.content()).includes('күтуде'));
await looks(own, 'kk', 320);
await looks(own.replace('/kk/', '/ru/'), 'ru', 1280);
const other = await writes('Ержан', 'Рақмет! https://example.kz/' + 'uzyn'.repeat(40));
await guest.goto(`${base}/kk${path}`);
ok('nobody sees either', !/Сәуле|Ержан/.test(await guest.content()));
await looks('/kk/comments', 'kk', 320, false, state);
await looks('/ru/comments', 'ru', 1280, true, state);
await clerk.goto(`${base}/kk/comments`);
ok('the keys are told', await clerk.locator('#keys').isVisible());
ok('the web address has a mark', (await clerk.locator('[data-comment]').nth(1).locator('.st').count()) >= 1);
await clerk.keyboard.press('j');
await clerk.keyboard.press('k');
await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('a')]);
ok('shown by a key', (await clerk.locator('[data-comment]').count()) === 1);
await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('u')]);
ok('and taken back by one', (await clerk.locator('[data-comment]').count()) === 2);
await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('t')]);
await clerk.keyboard.press('r');
await clerk.locator('[data-comment] select').first().selectOption('advert');
await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('Enter')]);
ok('refused with a reason', (await clerk.locator('[data-comment]').count()) === 0);
await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('u')]);
ok('the last decision is the one taken back', (await clerk.locator('[data-comment]').innerText()).includes('Ержан'));
await clerk.keyboard.press('r');
await clerk.locator('[data-comment] select').selectOption('advert');
await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('Enter')]);
await clerk.goto(`${base}/kk/comments/all?state=shown`);
await clerk.click('main tbody th a >> nth=0');
await clerk.fill('[name=reply]', 'Орын бар. Онлайн топ қаңтардан ашылады.');
await clerk.click("form[action$='/reply'] button");
await guest.goto(`${base}/kk${path}`);
const text = await guest.locator('main').innerText();
ok('readers see it with the reply', text.includes('Сәуле Т.') && text.includes('Хатшылық') && text.includes('Орын бар.') && !text.includes('Ержан'));
for (const [lang, width, dark] of [['kk', 320], ['kk', 1280, true], ['ru', 1280], ['kk-latn', 320]])
	await looks(`/${lang}${path}`, lang, width, Boolean(dark));
await looks('/kk/comments/senders', 'kk', 320, false, state);
await looks('/en/comments/senders', 'en', 1280, false, state);
await looks('/kk/comments/report', 'kk', 1280, false, state);
await looks('/ru/comments/all', 'ru', 320, false, state);
await guest.goto(base + other);
ok('the author sees why', (await guest.content()).includes('жарнама'));
/* Refused for discord, and removed by its author: the report keeps the fact without a word. */
const worse = await writes('Өкінген', 'Жаман сөз');
await clerk.goto(`${base}/kk/comments`);
await clerk.locator('[data-comment] select').selectOption('discord');
await Promise.all([clerk.waitForNavigation(), clerk.locator("[data-comment] [value='refuse']").click()]);
await looks(worse, 'kk', 320);
await guest.goto(base + worse);
await guest.click("form[action$='/remove'] button");
await clerk.goto(`${base}/kk/comments/report`);
const report = await clerk.locator('main').innerText();
ok('the report keeps the fact, not the words', /авторы өшірген/i.test(report) && !/Өкінген|Жаман сөз/.test(report));
await looks('/kk/comments/report', 'kk', 320, true, state);
await looks('/ru/comments/report', 'ru', 1280, false, state);
await guest.goto(base + own);
await guest.click("form[action$='/remove'] button");
await guest.goto(`${base}/kk${path}`);
ok('removed by its author', !(await guest.content()).includes('Сәуле'));
await browser.close();
console.log(`${n - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
