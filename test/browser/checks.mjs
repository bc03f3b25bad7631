/* checks.mjs – what is demanded of every page, each demand one small function.
 *
 * A check gets the page as it stands and gives a list of faults; an empty list is a pass. Nothing
 * here knows which pages exist or how they are reached (run.mjs does). */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
export const WEIGHT_LIMIT = 50 * 1024;

/* Attributes in ' are the house's way; radio buttons, ticks and submit buttons share a name. */
const validator = new HtmlValidate({
	extends: ['html-validate:recommended'],
	rules: {
		'attr-quotes': ['error', { style: 'any' }],
		'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button'] }],
	},
});

export async function checkHtml(text, name) {
	const report = await validator.validateString(text, name);
	return report.results.flatMap((r) => r.messages)
		.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

export function checkPolicy(headers) {
	const csp = headers['content-security-policy'] ?? '';
	const faults = [];
	if (!/default-src '(self|none)'/.test(csp)) faults.push(`no default-src in the policy: "${csp}"`);
	if (/unsafe-inline|unsafe-eval/.test(csp)) faults.push(`an unsafe policy: "${csp}"`);
	if ((headers['x-content-type-options'] ?? '') !== 'nosniff') faults.push('no nosniff');
	return faults;
}

/* The document itself must not be wider than the window; what sticks out is named. */
export function checkOverflow(page) {
	return page.evaluate(() => {
		const root = document.documentElement;
		if (root.scrollWidth <= root.clientWidth) return [];
		const wide = [...document.querySelectorAll('body *')]
			.filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
			.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
		return [`${root.scrollWidth} px wide in ${root.clientWidth}: ${wide.join(', ')}`];
	});
}

/* By the debugger's door, which the page's policy does not bar. */
export async function checkAxe(page) {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
	const found = await page.evaluate((tags) => window.axe.run(document, {
		runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
		.then((r) => r.violations.map((v) => ({ id: v.id, help: v.help,
			where: v.nodes.slice(0, 3).map((n) => n.target.join(' ')) }))), AXE_TAGS);
	return found.map((v) => `${v.id}: ${v.help}: ${v.where.join(' | ')}`);
}

export async function checkFrame(page, lang) {
	return page.evaluate((want) => {
		const faults = [];
		const root = document.documentElement;
		/* Addresses are in small letters: kk-latn is the tag kk-Latn. */
		if (root.lang.toLowerCase() !== want) faults.push(`<html lang="${root.lang}"> instead of ${want}`);
		const h1 = document.querySelectorAll('h1').length;
		if (h1 !== 1) faults.push(`${h1} h1`);
		if (document.title.trim() === '') faults.push('no title');
		/* Blocks of data are never run. */
		if (document.querySelector('[style], style, script:not([src]):not([type="application/json"]):not([type="application/ld+json"])'))
			faults.push('inline style or script');
		return faults;
	}, lang);
}

/* What a page says by itself while it loads. Listen before goto(), read after it. */
export class Ear {
	constructor(page, base) {
		this.console = [];
		this.policy = [];
		this.refused = [];
		this.foreign = [];
		this.page = page;
		this.hears = {
			console: (m) => {
				if (m.type() !== 'error') return;
				(/Content Security Policy/i.test(m.text()) ? this.policy : this.console).push(m.text());
			},
			pageerror: (e) => this.console.push(String(e)),
			request: (r) => {
				if (!r.url().startsWith(base) && !r.url().startsWith('data:')) this.foreign.push(r.url());
			},
			response: (r) => {
				if (r.status() >= 400 && !r.request().isNavigationRequest())
					this.refused.push(`${r.status()} ${r.url()}`);
			},
		};
		for (const [what, f] of Object.entries(this.hears)) page.on(what, f);
	}
	/* The page goes on without being listened to. */
	stop() {
		for (const [what, f] of Object.entries(this.hears)) this.page.off(what, f);
	}
}

/* Bytes over the wire for a first visit, fonts apart: they are kept for ever and come after the text. */
export async function weigh(context, url) {
	const page = await context.newPage();
	const wire = await context.newCDPSession(page);
	await wire.send('Network.enable');
	const kinds = new Map();
	const sum = { text: 0, fonts: 0 };
	wire.on('Network.responseReceived', (e) => kinds.set(e.requestId, e.type));
	wire.on('Network.loadingFinished', (e) => {
		sum[kinds.get(e.requestId) === 'Font' ? 'fonts' : 'text'] += e.encodedDataLength;
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	await page.close();
	return sum;
}
