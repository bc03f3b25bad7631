/* run.mjs – every page in Chromium; TAP, and a last line "N passed, N failed".
 *
 *   node run.mjs --base URL [--pages FILE] [--sign-ins FILE] [--shots DIR] [--only WORD]
 *
 * FILE (pages.json) lists pages, forms and where to crawl from; see README.md. A page is loaded once
 * for a language and a reader and measured in each width; axe looks at it in Kazakh at 320 and 1280 light and at
 * 1280 dark (dark is other colours, not another shape) and at 1280 light in the other languages, so that the
 * whole run stays within its time (FULL=1: every width, scheme and language). Two pages are looked at side by
 * side, so lines of TAP come in the order in which pages are done. Pages that a crawl finds are told apart by
 * shape (numbers and query values do not count), so each kind of page is seen once and a new page needs no line. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import * as checks from './checks.mjs';
import { submitForm, signIn } from './forms.mjs';
import { paper } from './paper.mjs';

const WIDTHS = [320, 1280];
const SCHEMES = ['light', 'dark'];
const LANGS = ['kk', 'ru', 'en'];
const FULL = 'kk'; /* the language that is looked at in both widths and schemes; the others at 1280 light */
const CRAWL_LIMIT = 80;
const AT_ONCE = 2;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync'];

const tap = { n: 0, passed: 0, failed: 0 };
function result(name, faults) {
	const good = faults.length === 0;
	tap[good ? 'passed' : 'failed']++;
	console.log(`${good ? 'ok' : 'not ok'} ${++tap.n} - ${name.replaceAll('#', '%23')}`);
	for (const f of faults.slice(0, 12)) console.log(`# ${String(f).replaceAll('\n', ' ')}`);
	if (faults.length > 12) console.log(`# … and ${faults.length - 12} more`);
}

function options(argv) {
	const o = { pages: new URL('./pages.json', import.meta.url).pathname };
	for (let i = 0; i < argv.length; i += 2) {
		const name = argv[i].replace(/^--/, '');
		if (!['base', 'pages', 'sign-ins', 'shots', 'only'].includes(name) || argv[i + 1] === undefined) {
			console.error('usage: run.mjs --base URL [--pages FILE] [--sign-ins FILE] [--shots DIR] [--only WORD]');
			process.exit(2);
		}
		o[name] = argv[i + 1];
	}
	if (o.base === undefined) process.exit(2);
	o.base = o.base.replace(/\/$/, '');
	return o;
}

function readSignIns(file) {
	const lines = readFileSync(file, 'utf8').split('\n').filter((l) => l.trim() && !l.startsWith('#'));
	return new Map(lines.map((l) => l.trim().split(/\s+/).slice(0, 2)));
}

/* One browser context a reader, signed in through the form with scripts off. */
class Readers {
	constructor(browser, o, list) {
		Object.assign(this, { browser, o, list, open: new Map(), idle: new Map() });
		this.passwords = o['sign-ins'] ? readSignIns(o['sign-ins']) : new Map();
	}
	context(who) {
		if (!this.open.has(who)) this.open.set(who, this.make(who));
		return this.open.get(who); /* a promise: two that ask at once get one */
	}
	/* A tab of this reader, used again and again: opening one costs as much as loading a page. */
	async tab(who) {
		return this.idle.get(who)?.pop() ?? (await this.context(who)).newPage();
	}
	async done(who, page) {
		await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
		this.idle.set(who, [...(this.idle.get(who) ?? []), page]);
	}
	async make(who) {
		if (who === 'guest') return this.browser.newContext({ reducedMotion: 'reduce' });
		const plain = await this.browser.newContext({ javaScriptEnabled: false });
		const url = this.o.base + this.list.signin.replace('{lang}', 'kk');
		const faults = this.passwords.has(who)
			? await signIn(plain, url, who, this.passwords.get(who)) : [`no password for ${who}`];
		result(`sign in as ${who} without scripts`, faults);
		const storageState = await plain.storageState();
		await plain.close();
		return this.browser.newContext({ storageState, reducedMotion: 'reduce' });
	}
}

async function shoot(page, o, name, what) {
	if (!o.shots) return;
	mkdirSync(o.shots, { recursive: true });
	await page.screenshot({ path: path.join(o.shots, `${name}.${what}.png`), fullPage: true });
}

async function looks(page, o, name, full) {
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: width < 600 ? 640 : 900 });
		result(`${name} ${width}: no sideways scroll`, await checks.checkOverflow(page));
		for (const colorScheme of SCHEMES) {
			const wanted = full === 'all' || (full && (width === 1280 || colorScheme === 'light')) || (width === 1280 && colorScheme === 'light');
			if (!wanted && !o.shots) continue;
			await page.emulateMedia({ colorScheme, media: 'screen' });
			if (wanted) result(`${name} ${width} ${colorScheme}: axe`, await checks.checkAxe(page));
			await shoot(page, o, name, `${width}.${colorScheme}`);
		}
	}
	if (!o.shots) return;
	await page.emulateMedia({ colorScheme: 'light', media: 'print' });
	await shoot(page, o, name, 'print');
	await page.pdf({ path: path.join(o.shots, `${name}.pdf`), preferCSSPageSize: true });
}

/* The address of an entry. {id} and {other} are the numbers in the first two links that the entry's
 * selector finds on its list, so that no line here depends on the demo's numbering. */
async function addressOf(page, o, entry, lang) {
	let at = entry.path.replace('{lang}', lang);
	if (entry.ids) {
		const [list, selector] = entry.ids;
		await page.goto(o.base + list.replace('{lang}', lang));
		const found = await page.$$eval(selector, (as) => as.slice(0, 2).map((a) => a.pathname.match(/\d+/)[0]));
		at = at.replace('{id}', found[0]).replace('{other}', found[1]);
	}
	return o.base + at;
}

/* Does what gives the tasks, AT_ONCE of them at a time; the answers in the order of the tasks. */
async function sideBySide(tasks) {
	const answers = [];
	let next = 0;
	const lane = async () => {
		while (next < tasks.length) {
			const i = next++;
			answers[i] = await tasks[i]();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
	return answers;
}

/* Load one page and hold everything against it; the links that it shows. */
async function visit(readers, o, entry, lang) {
	const who = entry.as ?? 'guest';
	const name = `${entry.name}.${lang}.${who}`;
	const page = await readers.tab(who);
	const url = await addressOf(page, o, entry, lang);
	const ear = new checks.Ear(page, o.base);
	let links = [];
	try {
		await page.setViewportSize({ width: 1280, height: 900 });
		const answer = await page.goto(url, { waitUntil: 'load' });
		const want = entry.status ?? 200;
		result(`${name}: answers ${want}`, answer.status() === want ? [] : [`${answer.status()} at ${url}`]);
		result(`${name}: policy`, checks.checkPolicy(answer.headers()));
		result(`${name}: valid HTML`, await checks.checkHtml(await answer.text(), name));
		result(`${name}: frame`, await checks.checkFrame(page, lang));
		const own = want >= 400 ? ear.console.filter((t) => !t.includes(`status of ${want}`)) : ear.console;
		result(`${name}: quiet console`, [...own, ...ear.refused]);
		result(`${name}: keeps its policy`, [...ear.policy, ...ear.foreign]);
		await looks(page, o, name, entry.crawled ? false : process.env.FULL === '1' ? 'all' : lang === FULL);
		links = await page.$$eval('a[href]', (as) => as.filter((a) => !a.hasAttribute('download'))
			.map((a) => new URL(a.getAttribute('href'), document.baseURI).href)); /* in a drawing .href is no text */
	} catch (e) {
		result(`${name}: can be looked at`, [`${url}: ${String(e).split('\n')[0]}`]);
	}
	ear.stop();
	await readers.done(who, page);
	return links;
}

/* /kk/event/17?page=2 → /{lang}/event/N?page */
function shapeOf(url) {
	const u = new URL(url);
	const keys = [...new Set(u.searchParams.keys())].sort().join('&');
	const where = u.pathname.replace(/^\/(kk|ru|en)(?=\/|$)/, '/{lang}').replace(/\d+/g, 'N');
	return keys ? `${where}?${keys}` : where;
}

/* From the start and from whatever the listed pages of this reader link to. */
async function crawl(readers, o, start, seen, linked) {
	const who = start.as ?? 'guest';
	const todo = [start.path.replace('{lang}', FULL), ...(linked.get(who) ?? [])];
	const skip = new RegExp(start.skip ?? 'sign-out');
	const langs = start.langs ?? [FULL];
	for (let visited = 0; todo.length > 0 && visited < CRAWL_LIMIT;) {
		const at = new URL(todo.shift(), o.base);
		const shape = `${who} ${shapeOf(at)}`;
		if (at.origin !== new URL(o.base).origin || seen.has(shape) || skip.test(at.pathname + at.search)) continue;
		seen.add(shape);
		const head = await (await readers.context(who)).request.get(at.href);
		if (!(head.headers()['content-type'] ?? '').startsWith('text/html')) {
			result(`${shape}: file answers`, head.status() === 200 ? [] : [`${head.status()} at ${at.href}`]);
			continue;
		}
		visited++;
		const target = (at.pathname + at.search).replace(/^\/(kk|ru|en)(?=\/|$)/, '/{lang}');
		const name = shapeOf(at).replace(/[^\w{}]+/g, '_').replace(/[{}]|^_+|_+$/g, '') || 'root';
		if (o.only && !name.includes(o.only)) continue;
		for (const lang of target.includes('{lang}') ? langs : [FULL])
			todo.push(...await visit(readers, o, { as: start.as, path: target, name, crawled: true }, lang));
	}
}

async function main() {
	const o = options(process.argv.slice(2));
	const list = JSON.parse(readFileSync(o.pages, 'utf8'));
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
	const readers = new Readers(browser, o, list);
	const wanted = (e) => !o.only || e.name.includes(o.only);
	if (list.first && !o.only) {
		const context = await browser.newContext();
		const sum = await checks.weigh(context, o.base + list.first.replace('{lang}', 'kk'));
		result(`first page weighs ${sum.text} bytes (and ${sum.fonts} of fonts)`,
			sum.text > 0 && sum.text <= checks.WEIGHT_LIMIT ? [] : [`limit ${checks.WEIGHT_LIMIT}`]);
		await context.close();
	}
	const seen = new Set();
	const linked = new Map();
	const visits = list.pages.filter(wanted).flatMap((entry) => (entry.langs ?? LANGS).map((lang) => ({ entry, lang })));
	const found = await sideBySide(visits.map(({ entry, lang }) => () => visit(readers, o, entry, lang)));
	visits.forEach(({ entry, lang }, i) => {
		const who = entry.as ?? 'guest';
		if (lang === FULL) linked.set(who, [...(linked.get(who) ?? []), ...found[i]]);
		seen.add(`${who} ${shapeOf(o.base + entry.path.replace('{lang}', FULL).replace(/\{(id|other)\}/g, '1'))}`);
	});
	for (const form of (list.forms ?? []).filter(wanted)) {
		await readers.context(form.as ?? 'guest'); /* signs in, once */
		const storageState = await (await readers.context(form.as ?? 'guest')).storageState();
		const plain = await browser.newContext({ storageState, javaScriptEnabled: false });
		const page = await plain.newPage();
		for (const lang of form.langs ?? LANGS)
			result(`form ${form.name}.${lang} without scripts`, await submitForm(plain, await addressOf(page, o, form, lang), o.base, form, lang));
		await plain.close();
	}
	await sideBySide((list.crawl ?? []).map((start) => () => crawl(readers, o, start, seen, linked)));
	if (wanted({ name: 'paper' })) await paper({ browser, readers, o, result, looks });
	await browser.close();
	console.log(`1..${tap.n}`);
	console.log(`${tap.passed} passed, ${tap.failed} failed`);
	process.exitCode = tap.failed > 0 || tap.n === 0 ? 1 : 0;
}

await main();
