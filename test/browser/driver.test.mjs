/* driver.test.mjs – what the driver's page reckons (web/driver/left.mjs), under node: what is left after acts in any order,
 * quantities as people type them, what is sent. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { bareAct, isNews, leftAfter, loads, readQuantity, resultOf, shownQuantity } from '../../web/driver/left.mjs';

const LEFT = [{ item: 'bread', lot: null, quantity: 5 }, { item: 'milk', lot: 'M1', quantity: 2 }];
const act = (nonce, at, quantity, more = {}) => ({ nonce, at: `2026-04-01T10:0${at}:00Z`, lines: [{ item: 'bread', quantity }], ...more });

test('what is left: in the order of moments, whole acts or nothing', () => {
	const acts = [act('b', 2, 3), act('a', 1, 4), act('c', 3, 1)];
	const now = [{ item: 'milk', lot: 'M1', quantity: 2 }];
	assert.deepEqual(leftAfter(LEFT, acts), now);
	assert.deepEqual(leftAfter(LEFT, [...acts].reverse()), now);
	assert.deepEqual(leftAfter(LEFT, [act('d', 1, 1, { lines: [{ item: 'bread', quantity: 1 }, { item: 'milk', lot: 'M2', quantity: 1 }] })]), LEFT);
	assert.equal(LEFT[0].quantity, 5);
});

test('an act is news until the route that knows it has come', () => {
	assert.equal(isNews({ sent: false }, 10), true);
	assert.equal(isNews({ sent: true, stored: 11, answer: { counts: true } }, 10), true);
	assert.equal(isNews({ sent: true, stored: 9, answer: { counts: true } }, 10), false);
	assert.equal(isNews({ sent: true, stored: 11, answer: { counts: false } }, 10), false);
});

test('quantities', () => {
	for (const [text, pack, want] of [['12,5', 1000, 12500], ['12.5', 1000, 12500], ['3', 1, 3], [' 1 200 ', 1, 1200], ['0,0001', 1000, NaN], ['1,5', 1, NaN],
		['-1', 1, NaN], ['1e3', 1, NaN], ['', 1, NaN], ['0,3', 10, 3]])
		assert.deepEqual(readQuantity(text, pack), want, text);
	assert.equal(shownQuantity(12500, 1000, 'ru'), '12,5');
	assert.equal(readQuantity(shownQuantity(1234567, 1000, 'kk'), 1000), 1234567);
});

test('all of it is handed, less is partly', () => {
	assert.equal(resultOf('handed', LEFT, [{ item: 'bread', quantity: 5 }, { item: 'milk', lot: 'M1', quantity: 2 }]), 'handed');
	assert.equal(resultOf('handed', LEFT, [{ item: 'bread', quantity: 5 }]), 'partly');
	assert.equal(resultOf('absent', LEFT, []), 'absent');
});

test('what is sent: fields of the act alone, in loads', () => {
	assert.deepEqual(bareAct({ nonce: 'n', at: 'a', stop: 1, result: 'absent', waybill: 7, sent: false, reason: undefined, lines: [] }),
		{ nonce: 'n', at: 'a', stop: 1, result: 'absent', lines: [] });
	const many = Array.from({ length: 120 }, (_, i) => ({ nonce: `n${i}`, at: `2026-04-01T10:${String(i % 60).padStart(2, '0')}:00Z`, signature: 'x'.repeat(50000) }));
	const all = loads(many);
	assert.equal(all.flat().length, 120);
	assert.ok(all.every((l) => l.length <= 50 && l.reduce((n, a) => n + a.signature.length, 0) <= 2e6));
});
