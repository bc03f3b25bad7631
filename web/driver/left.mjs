/* left.mjs – what is left at a stop after the acts that the server does not know yet, quantities as people type them, and
 * an act as it is sent. No page, no network: test/browser/driver.test.mjs looks at it. */

export const sameGoods = (a, b) => a.item === b.item && (a.lot ?? null) === (b.lot ?? null);

/* Lines of a stop less what acts took, in the order of their moments. An act that wants more than is left counts for nothing,
 * wholly, as on the server (RULE delivery-3). */
export function leftAfter(left, acts) {
	let now = left.map((l) => ({ ...l }));
	for (const a of [...acts].sort((x, y) => (x.at === y.at ? (x.nonce < y.nonce ? -1 : 1) : x.at < y.at ? -1 : 1))) {
		const lines = a.lines ?? [], at = (l) => now.find((x) => sameGoods(x, l));
		if (!lines.every((l) => (at(l)?.quantity ?? 0) >= l.quantity)) continue;
		for (const l of lines) at(l).quantity -= l.quantity;
	}
	return now.filter((l) => l.quantity > 0);
}

/* Whether the route that was asked for at `asked` does not know the act yet. */
export const isNews = (act, asked) => !act.sent || (act.answer?.counts === true && !(act.stored <= asked));

/* "12,5" of kilograms for 12500 g. */
export function shownQuantity(quantity, pack, lang) {
	return new Intl.NumberFormat(lang, { maximumFractionDigits: 6, useGrouping: false }).format(quantity / pack);
}

/* Whole base units of what was typed; NaN: no number, or not whole in the base unit. */
export function readQuantity(text, pack) {
	const m = /^\s*(\d{1,9})(?:[.,](\d{1,6}))?\s*$/.exec(text.replace(/[\s\u00A0]/g, ''));
	if (m === null) return NaN;
	const part = (m[2] ?? '').padEnd(6, '0'), n = (BigInt(m[1]) * 1000000n + BigInt(part)) * BigInt(pack);
	return n % 1000000n === 0n ? Number(n / 1000000n) : NaN;
}

/* RULE delivery-2: all of what is left is handed, less is partly. */
export function resultOf(way, left, lines) {
	if (way !== 'handed') return way;
	return left.every((l) => lines.some((x) => sameGoods(x, l) && x.quantity === l.quantity)) ? 'handed' : 'partly';
}

const FIELDS = ['nonce', 'at', 'stop', 'result', 'reason', 'receiver', 'mark', 'signature', 'lines'];

/* What travels: the fields that the server knows. */
export function bareAct(act) {
	return Object.fromEntries(FIELDS.filter((f) => act[f] !== undefined && act[f] !== null).map((f) => [f, act[f]]));
}

/* At most fifty at a time, and not more than two megabytes of signatures. */
export function loads(acts) {
	const out = [];
	let size = 0;
	for (const a of [...acts].sort((x, y) => (x.at < y.at ? -1 : 1))) {
		const n = (a.signature?.length ?? 0) + 500;
		if (out.length === 0 || out.at(-1).length === 50 || size + n > 2e6) {
			out.push([]);
			size = 0;
		}
		out.at(-1).push(a);
		size += n;
	}
	return out;
}
